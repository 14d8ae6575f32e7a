# expects: vs:recordedAs-iri sh:NodeKindConstraintComponent fun:mila-test-minister-2028-01-01 vesoc:recordedAs "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { fun:mila-test-minister-2028-01-01 vesoc:recordedAs "tekst" }
