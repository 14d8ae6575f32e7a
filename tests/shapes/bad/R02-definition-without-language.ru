# expects: vs:definition-tagged sh:DatatypeConstraintComponent vesoc:TestTerm skos:definition "zonder taal"

DELETE { vesoc:TestTerm skos:definition ?text }
INSERT { vesoc:TestTerm skos:definition "zonder taal" }
WHERE { vesoc:TestTerm skos:definition ?text FILTER (LANG(?text) = "en") }
