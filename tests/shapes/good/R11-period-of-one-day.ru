DELETE { per:jaar-2032 dcat:endDate ?end }
INSERT { per:jaar-2032 dcat:endDate "2032-01-01"^^xsd:date }
WHERE { per:jaar-2032 dcat:endDate ?end }
