# expects: vs:hasBasis-scheme sh:NodeConstraintComponent bew:datum-volgens-krant vesoc:hasBasis kenmerk:duur

DELETE { bew:datum-volgens-krant vesoc:hasBasis ?old }
INSERT { bew:datum-volgens-krant vesoc:hasBasis kenmerk:duur }
WHERE { bew:datum-volgens-krant vesoc:hasBasis ?old }
