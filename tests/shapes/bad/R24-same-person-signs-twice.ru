# expects: vs:no-double-signature sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ond:proef-mila-test-2

INSERT { ond:proef-mila-test-2 ?property ?object }
WHERE { ond:proef-mila-test ?property ?object FILTER (?property != vesoc:order) } ;
INSERT DATA { ond:proef-mila-test-2 vesoc:order 3 }
