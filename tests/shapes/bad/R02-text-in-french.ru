# expects: vs:only-nl-and-en sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> skos:altLabel ins:proefverlof

INSERT DATA { ins:proefverlof skos:altLabel "congé d'essai"@fr }
