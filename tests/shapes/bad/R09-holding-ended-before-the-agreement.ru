# expects: vs:post-held-while-agreed sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:inCapacityOf ond:proef-mila-test

DELETE { per:ambt-mila dcat:endDate ?end }
INSERT { per:ambt-mila dcat:endDate "2031-03-30"^^xsd:date }
WHERE { per:ambt-mila dcat:endDate ?end }
