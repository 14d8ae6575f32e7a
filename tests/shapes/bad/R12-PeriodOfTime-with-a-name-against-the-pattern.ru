# expects: vs:PeriodOfTime-iri-pattern sh:PatternConstraintComponent per:Fout_jaar-2032 - per:Fout_jaar-2032

DELETE { per:jaar-2032 ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/periode/Fout_jaar-2032> ?p ?o }
WHERE { per:jaar-2032 ?p ?o } ;
DELETE { ?s ?p per:jaar-2032 }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/periode/Fout_jaar-2032> }
WHERE { ?s ?p per:jaar-2032 }
