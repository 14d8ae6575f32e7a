# expects: vs:Membership-iri-pattern sh:PatternConstraintComponent fun:Fout_ada-derde-secretaris-2028-01-01 - fun:Fout_ada-derde-secretaris-2028-01-01

DELETE { fun:ada-derde-secretaris-2028-01-01 ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/functie/Fout_ada-derde-secretaris-2028-01-01> ?p ?o }
WHERE { fun:ada-derde-secretaris-2028-01-01 ?p ?o } ;
DELETE { ?s ?p fun:ada-derde-secretaris-2028-01-01 }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/functie/Fout_ada-derde-secretaris-2028-01-01> }
WHERE { ?s ?p fun:ada-derde-secretaris-2028-01-01 }
