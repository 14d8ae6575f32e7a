# expects: vs:scopeNote-tagged sh:DatatypeConstraintComponent vesoc:TestTerm skos:scopeNote "zonder taal"

INSERT DATA { vesoc:TestTerm skos:scopeNote "zonder taal" , "met taal"@nl }
