# expects: vs:hasVerdict-scheme sh:NodeConstraintComponent bew:datum-volgens-krant vesoc:hasVerdict kenmerk:duur

DELETE { bew:datum-volgens-krant vesoc:hasVerdict ?old }
INSERT { bew:datum-volgens-krant vesoc:hasVerdict kenmerk:duur }
WHERE { bew:datum-volgens-krant vesoc:hasVerdict ?old }
