# expects: vs:InstrumentChange-iri-pattern sh:PatternConstraintComponent wijz:Fout_proef-1-1-1a - wijz:Fout_proef-1-1-1a

DELETE { wijz:proef-1-1-1a ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/wijziging/Fout_proef-1-1-1a> ?p ?o }
WHERE { wijz:proef-1-1-1a ?p ?o } ;
DELETE { ?s ?p wijz:proef-1-1-1a }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/wijziging/Fout_proef-1-1-1a> }
WHERE { ?s ?p wijz:proef-1-1-1a }
