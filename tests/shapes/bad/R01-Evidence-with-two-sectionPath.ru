# expects: vs:Evidence-sectionPath-count sh:MaxCountConstraintComponent vind:proef-1-1-1a vesoc:sectionPath -

INSERT DATA { vind:proef-1-1-1a vesoc:sectionPath "1 > 1.2" }
