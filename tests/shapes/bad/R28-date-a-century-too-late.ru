# expects: vs:date-possible sh:PatternConstraintComponent bron:krant dcterms:date "2132-01-01"^^<http://www.w3.org/2001/XMLSchema#date>

DELETE { bron:krant dcterms:date ?old }
INSERT { bron:krant dcterms:date "2132-01-01"^^xsd:date }
WHERE { bron:krant dcterms:date ?old }
