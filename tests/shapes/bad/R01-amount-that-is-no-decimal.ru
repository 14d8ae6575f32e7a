# expects: vs:amount-datatype sh:DatatypeConstraintComponent bud:vorig-01 vesoc:amount "200000"^^<http://www.w3.org/2001/XMLSchema#integer>

DELETE { bud:vorig-01 vesoc:amount ?old }
INSERT { bud:vorig-01 vesoc:amount "200000"^^xsd:integer }
WHERE { bud:vorig-01 vesoc:amount ?old }
