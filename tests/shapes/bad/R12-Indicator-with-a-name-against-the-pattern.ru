# expects: vs:Indicator-iri-pattern sh:PatternConstraintComponent indi:Fout_deelname - indi:Fout_deelname

DELETE { indi:deelname ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/indicator/Fout_deelname> ?p ?o }
WHERE { indi:deelname ?p ?o } ;
DELETE { ?s ?p indi:deelname }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/indicator/Fout_deelname> }
WHERE { ?s ?p indi:deelname }
