# expects: vs:order-datatype sh:DatatypeConstraintComponent ond:vorig-ada-derde vesoc:order "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { ond:vorig-ada-derde vesoc:order ?old }
INSERT { ond:vorig-ada-derde vesoc:order "1.5"^^xsd:decimal }
WHERE { ond:vorig-ada-derde vesoc:order ?old }
