# expects: vs:Claim-hasVerdict-count sh:MaxCountConstraintComponent bew:datum-volgens-krant vesoc:hasVerdict -

INSERT DATA { bew:datum-volgens-krant vesoc:hasVerdict oordeel:zelfde }
