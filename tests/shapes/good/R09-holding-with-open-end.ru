DELETE WHERE { per:ambt-mila dcat:endDate ?end }
