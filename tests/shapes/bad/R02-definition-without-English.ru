# expects: vs:definition-languages sh:MinCountConstraintComponent vesoc:TestTerm skos:definition -

DELETE { vesoc:TestTerm skos:definition ?text }
WHERE { vesoc:TestTerm skos:definition ?text FILTER (LANG(?text) = "en") }
