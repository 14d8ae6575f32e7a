# expects: vs:claim-says-something sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bew:datum-volgens-krant

DELETE WHERE { bew:datum-volgens-krant vesoc:claims ?claimed ; dcterms:description ?text }
