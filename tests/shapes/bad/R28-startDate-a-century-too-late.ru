# expects: vs:startDate-possible sh:PatternConstraintComponent per:vanaf-2031 dcat:startDate "2132-01-01"^^<http://www.w3.org/2001/XMLSchema#date>

DELETE { per:vanaf-2031 dcat:startDate ?old }
INSERT { per:vanaf-2031 dcat:startDate "2132-01-01"^^xsd:date }
WHERE { per:vanaf-2031 dcat:startDate ?old }
