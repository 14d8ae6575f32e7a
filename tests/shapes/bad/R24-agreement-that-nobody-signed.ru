# expects: vs:agreement-has-signatures sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - akk:vorig

DELETE WHERE { ?signature vesoc:signs akk:vorig ; ?property ?object }
