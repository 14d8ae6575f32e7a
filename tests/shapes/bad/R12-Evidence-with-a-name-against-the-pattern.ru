# expects: vs:Evidence-iri-pattern sh:PatternConstraintComponent vind:Fout_register-mila - vind:Fout_register-mila

DELETE { vind:register-mila ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/Fout_register-mila> ?p ?o }
WHERE { vind:register-mila ?p ?o } ;
DELETE { ?s ?p vind:register-mila }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/vindplaats/Fout_register-mila> }
WHERE { ?s ?p vind:register-mila }
