# expects: vs:label-languages sh:MinCountConstraintComponent per:jaar-2032 rdfs:label -

DELETE { per:jaar-2032 rdfs:label ?text }
WHERE { per:jaar-2032 rdfs:label ?text FILTER (LANG(?text) = "en") }
