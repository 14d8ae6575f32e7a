# expects: vs:prefLabel-languages sh:MinCountConstraintComponent orgn:werkbond skos:prefLabel -

DELETE { orgn:werkbond skos:prefLabel ?text }
WHERE { orgn:werkbond skos:prefLabel ?text FILTER (LANG(?text) = "en") }
