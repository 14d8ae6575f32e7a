# expects: vs:recordedAs-iri sh:NodeKindConstraintComponent fun:mila-test-minister-2028-01-01 vesoc:recordedAs "tekst"

INSERT DATA { fun:mila-test-minister-2028-01-01 vesoc:recordedAs "tekst" }
