# expects: vs:definition-tagged sh:DatatypeConstraintComponent vesoc:Measure skos:definition "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

DELETE { vesoc:Measure skos:definition ?text }
INSERT { vesoc:Measure skos:definition "zonder taal" }
WHERE { vesoc:Measure skos:definition ?text FILTER (LANG(?text) = "en") }
