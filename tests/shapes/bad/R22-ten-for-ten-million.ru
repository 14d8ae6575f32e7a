# expects: vs:amount-in-euro sh:MinInclusiveConstraintComponent bud:vorig-01 vesoc:amount "10"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { bud:vorig-01 vesoc:amount ?old }
INSERT { bud:vorig-01 vesoc:amount 10.0 }
WHERE { bud:vorig-01 vesoc:amount ?old }
