# expects: vs:Claim-aboutProperty-count sh:MaxCountConstraintComponent bew:datum-volgens-krant vesoc:aboutProperty -

INSERT DATA { bew:datum-volgens-krant vesoc:aboutProperty vesoc:appliesDuring }
