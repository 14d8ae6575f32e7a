# expects: vs:definition-languages sh:MinCountConstraintComponent vesoc:Measure skos:definition -

DELETE { vesoc:Measure skos:definition ?text }
WHERE { vesoc:Measure skos:definition ?text FILTER (LANG(?text) = "en") }
