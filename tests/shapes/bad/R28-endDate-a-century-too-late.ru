# expects: vs:endDate-possible sh:PatternConstraintComponent per:jaar-2032 dcat:endDate "2132-01-01"^^<http://www.w3.org/2001/XMLSchema#date>

DELETE { per:jaar-2032 dcat:endDate ?old }
INSERT { per:jaar-2032 dcat:endDate "2132-01-01"^^xsd:date }
WHERE { per:jaar-2032 dcat:endDate ?old }
