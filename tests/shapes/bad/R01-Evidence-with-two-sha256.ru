# expects: vs:Evidence-sha256-count sh:MaxCountConstraintComponent vind:proef-1-1-1a vesoc:sha256 -

INSERT DATA { vind:proef-1-1-1a vesoc:sha256 "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff" }
