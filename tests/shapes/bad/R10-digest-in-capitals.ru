# expects: vs:sha256-form sh:PatternConstraintComponent bron:krant vesoc:sha256 "ABC"

DELETE { bron:krant vesoc:sha256 ?old }
INSERT { bron:krant vesoc:sha256 "ABC" }
WHERE { bron:krant vesoc:sha256 ?old }
