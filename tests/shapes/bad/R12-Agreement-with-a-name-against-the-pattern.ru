# expects: vs:Agreement-iri-pattern sh:PatternConstraintComponent akk:Fout_proef - akk:Fout_proef

DELETE { akk:proef ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/akkoord/Fout_proef> ?p ?o }
WHERE { akk:proef ?p ?o } ;
DELETE { ?s ?p akk:proef }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/akkoord/Fout_proef> }
WHERE { ?s ?p akk:proef }
