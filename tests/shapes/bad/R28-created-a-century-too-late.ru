# expects: vs:created-possible sh:PatternConstraintComponent bew:proef-vervangt-vorig dcterms:created "2132-01-01"^^<http://www.w3.org/2001/XMLSchema#date>

DELETE { bew:proef-vervangt-vorig dcterms:created ?old }
INSERT { bew:proef-vervangt-vorig dcterms:created "2132-01-01"^^xsd:date }
WHERE { bew:proef-vervangt-vorig dcterms:created ?old }
