# expects: vs:AgreementPart-iri-pattern sh:PatternConstraintComponent deel:Fout_proef-2 - deel:Fout_proef-2

DELETE { deel:proef-2 ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/deel/Fout_proef-2> ?p ?o }
WHERE { deel:proef-2 ?p ?o } ;
DELETE { ?s ?p deel:proef-2 }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/deel/Fout_proef-2> }
WHERE { ?s ?p deel:proef-2 }
