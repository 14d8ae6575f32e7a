# expects: vs:Goal-iri-pattern sh:PatternConstraintComponent doel:Fout_proef-deelname - doel:Fout_proef-deelname

DELETE { doel:proef-deelname ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/doelstelling/Fout_proef-deelname> ?p ?o }
WHERE { doel:proef-deelname ?p ?o } ;
DELETE { ?s ?p doel:proef-deelname }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/doelstelling/Fout_proef-deelname> }
WHERE { ?s ?p doel:proef-deelname }
