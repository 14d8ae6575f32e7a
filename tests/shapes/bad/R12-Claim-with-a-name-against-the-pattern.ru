# expects: vs:Claim-iri-pattern sh:PatternConstraintComponent bew:Fout_datum-volgens-krant - bew:Fout_datum-volgens-krant

DELETE { bew:datum-volgens-krant ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/bewering/Fout_datum-volgens-krant> ?p ?o }
WHERE { bew:datum-volgens-krant ?p ?o } ;
DELETE { ?s ?p bew:datum-volgens-krant }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/bewering/Fout_datum-volgens-krant> }
WHERE { ?s ?p bew:datum-volgens-krant }
