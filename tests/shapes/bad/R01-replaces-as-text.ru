# expects: vs:replaces-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a vesoc:replaces "tekst"

INSERT DATA { mtr:proef-1-1-1a vesoc:replaces "tekst" }
