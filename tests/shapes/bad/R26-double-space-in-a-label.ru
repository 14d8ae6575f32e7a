# expects: vs:text-is-clean sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> skos:altLabel ins:proefverlof

INSERT DATA { ins:proefverlof skos:altLabel "verlof  om te proeven"@nl }
