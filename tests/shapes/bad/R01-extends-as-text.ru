# expects: vs:extends-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a vesoc:extends "tekst"

INSERT DATA { mtr:proef-1-1-1a vesoc:extends "tekst" }
