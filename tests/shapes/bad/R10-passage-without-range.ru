# expects: vs:text-passage-is-complete sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - vind:krant-1

DELETE WHERE { vind:krant-1 oa:hasSelector ?range . ?range ?property ?object }
