# expects: vs:endDate-datatype sh:DatatypeConstraintComponent per:tot-2033 dcat:endDate "2031-03-01"

DELETE { per:tot-2033 dcat:endDate ?old }
INSERT { per:tot-2033 dcat:endDate "2031-03-01" }
WHERE { per:tot-2033 dcat:endDate ?old }
