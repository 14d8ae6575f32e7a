# expects: vs:continues-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a vesoc:continues "tekst"

INSERT DATA { mtr:proef-1-1-1a vesoc:continues "tekst" }
