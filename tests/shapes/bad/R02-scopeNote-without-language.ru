# expects: vs:scopeNote-tagged sh:DatatypeConstraintComponent vesoc:TestTerm skos:scopeNote "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { vesoc:TestTerm skos:scopeNote "zonder taal" , "met taal"@nl }
