# expects: vs:period-in-order sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> dcat:startDate per:jaar-2032

DELETE { per:jaar-2032 dcat:endDate ?old }
INSERT { per:jaar-2032 dcat:endDate "2031-12-31"^^xsd:date }
WHERE { per:jaar-2032 dcat:endDate ?old }
