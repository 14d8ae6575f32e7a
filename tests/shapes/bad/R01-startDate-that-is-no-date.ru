# expects: vs:startDate-datatype sh:DatatypeConstraintComponent per:vanaf-2031 dcat:startDate "2031-03-01"

DELETE { per:vanaf-2031 dcat:startDate ?old }
INSERT { per:vanaf-2031 dcat:startDate "2031-03-01" }
WHERE { per:vanaf-2031 dcat:startDate ?old }
