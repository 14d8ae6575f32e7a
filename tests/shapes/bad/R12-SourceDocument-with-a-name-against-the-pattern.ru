# expects: vs:SourceDocument-iri-pattern sh:PatternConstraintComponent bron:Fout_krant - bron:Fout_krant

DELETE { bron:krant ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/bron/Fout_krant> ?p ?o }
WHERE { bron:krant ?p ?o } ;
DELETE { ?s ?p bron:krant }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/bron/Fout_krant> }
WHERE { ?s ?p bron:krant }
