# expects: vs:SourceDocument-sha256-count sh:MaxCountConstraintComponent bron:krant vesoc:sha256 -

INSERT DATA { bron:krant vesoc:sha256 "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" }
