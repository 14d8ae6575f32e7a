# expects: vs:Claim-hasBasis-count sh:MinCountConstraintComponent bew:datum-volgens-krant vesoc:hasBasis -

DELETE WHERE { bew:datum-volgens-krant vesoc:hasBasis ?value }
