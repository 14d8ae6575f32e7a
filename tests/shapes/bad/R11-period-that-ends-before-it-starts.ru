# expects: vs:period-in-order sh:LessThanOrEqualsConstraintComponent per:jaar-2032 dcat:startDate "2032-01-01"^^<http://www.w3.org/2001/XMLSchema#date>

DELETE { per:jaar-2032 dcat:endDate ?old }
INSERT { per:jaar-2032 dcat:endDate "2031-12-31"^^xsd:date }
WHERE { per:jaar-2032 dcat:endDate ?old }
