# expects: vs:Person-iri-pattern sh:PatternConstraintComponent pers:Fout_mila-test - pers:Fout_mila-test

DELETE { pers:mila-test ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/persoon/Fout_mila-test> ?p ?o }
WHERE { pers:mila-test ?p ?o } ;
DELETE { ?s ?p pers:mila-test }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/persoon/Fout_mila-test> }
WHERE { ?s ?p pers:mila-test }
