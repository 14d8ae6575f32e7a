# expects: vs:label-tagged sh:DatatypeConstraintComponent per:jaar-2032 rdfs:label "zonder taal"

DELETE { per:jaar-2032 rdfs:label ?text }
INSERT { per:jaar-2032 rdfs:label "zonder taal" }
WHERE { per:jaar-2032 rdfs:label ?text FILTER (LANG(?text) = "en") }
