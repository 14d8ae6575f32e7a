# expects: vs:Claim-claims-count sh:MaxCountConstraintComponent bew:datum-volgens-krant vesoc:claims -

INSERT DATA { bew:datum-volgens-krant vesoc:claims per:jaar-2032 }
