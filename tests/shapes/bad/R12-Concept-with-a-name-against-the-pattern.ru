# expects: vs:Concept-iri-pattern sh:PatternConstraintComponent actie:Fout_verlengen - actie:Fout_verlengen

DELETE { actie:verlengen ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/concept/actie/Fout_verlengen> ?p ?o }
WHERE { actie:verlengen ?p ?o } ;
DELETE { ?s ?p actie:verlengen }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/concept/actie/Fout_verlengen> }
WHERE { ?s ?p actie:verlengen }
