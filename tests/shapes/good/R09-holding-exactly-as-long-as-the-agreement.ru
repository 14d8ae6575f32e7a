DELETE WHERE { ond:vorig-mila-test vesoc:inCapacityOf ?holding } ;
DELETE { per:ambt-mila dcat:startDate ?start ; dcat:endDate ?end }
INSERT { per:ambt-mila dcat:startDate "2031-03-01"^^xsd:date ; dcat:endDate "2031-03-31"^^xsd:date }
WHERE { per:ambt-mila dcat:startDate ?start ; dcat:endDate ?end }
