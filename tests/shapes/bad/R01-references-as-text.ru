# expects: vs:references-iri sh:NodeKindConstraintComponent mtr:proef-1-1-1a dcterms:references "tekst"

INSERT DATA { mtr:proef-1-1-1a dcterms:references "tekst" }
