# expects: vs:continues-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a vesoc:continues "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { mtr:proef-1-1-1a vesoc:continues "tekst" }
