# expects: vs:subject-is-typed sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - orgn:los

INSERT DATA { orgn:los skos:altLabel "los"@nl }
