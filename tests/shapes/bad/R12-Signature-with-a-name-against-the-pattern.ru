# expects: vs:Signature-iri-pattern sh:PatternConstraintComponent ond:Fout_vorig-ada-derde - ond:Fout_vorig-ada-derde

DELETE { ond:vorig-ada-derde ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/ondertekening/Fout_vorig-ada-derde> ?p ?o }
WHERE { ond:vorig-ada-derde ?p ?o } ;
DELETE { ?s ?p ond:vorig-ada-derde }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/ondertekening/Fout_vorig-ada-derde> }
WHERE { ?s ?p ond:vorig-ada-derde }
