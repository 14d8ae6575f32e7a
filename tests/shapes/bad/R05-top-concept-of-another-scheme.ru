# expects: vs:top-concept-of-own-scheme sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:verlengen

INSERT DATA { actie:verlengen skos:topConceptOf cs:status }
