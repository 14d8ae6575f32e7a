# expects: vs:Claim-hasBasis-count sh:MaxCountConstraintComponent bew:datum-volgens-krant vesoc:hasBasis -

INSERT DATA { bew:datum-volgens-krant vesoc:hasBasis basis:afgeleid }
