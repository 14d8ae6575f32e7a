# expects: vs:label-is-unique-in-scheme sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:verlengen

INSERT DATA { actie:verlengen skos:altLabel "Invoeren"@nl }
