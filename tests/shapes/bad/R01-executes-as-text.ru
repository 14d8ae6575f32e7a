# expects: vs:executes-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a vesoc:executes "tekst"

INSERT DATA { mtr:proef-1-1-1a vesoc:executes "tekst" }
