# expects: vs:prefLabel-tagged sh:DatatypeConstraintComponent orgn:werkbond skos:prefLabel "zonder taal"

DELETE { orgn:werkbond skos:prefLabel ?text }
INSERT { orgn:werkbond skos:prefLabel "zonder taal" }
WHERE { orgn:werkbond skos:prefLabel ?text FILTER (LANG(?text) = "en") }
