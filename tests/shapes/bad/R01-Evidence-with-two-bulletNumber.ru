# expects: vs:Evidence-bulletNumber-count sh:MaxCountConstraintComponent vind:proef-1-1-1a vesoc:bulletNumber -

INSERT DATA { vind:proef-1-1-1a vesoc:bulletNumber "2" }
