# expects: vs:Quantity-iri-pattern sh:PatternConstraintComponent hvh:Fout_krant-deelname - hvh:Fout_krant-deelname

DELETE { hvh:krant-deelname ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/hoeveelheid/Fout_krant-deelname> ?p ?o }
WHERE { hvh:krant-deelname ?p ?o } ;
DELETE { ?s ?p hvh:krant-deelname }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/hoeveelheid/Fout_krant-deelname> }
WHERE { ?s ?p hvh:krant-deelname }
