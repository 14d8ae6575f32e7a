# expects: vs:references-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a dcterms:references "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { mtr:proef-1-1-1a dcterms:references "tekst" }
