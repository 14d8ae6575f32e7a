# expects: vs:description-tagged sh:DatatypeConstraintComponent mtr:proef-1-1-1a dcterms:description "zonder taal"

DELETE { mtr:proef-1-1-1a dcterms:description ?text }
INSERT { mtr:proef-1-1-1a dcterms:description "zonder taal" }
WHERE { mtr:proef-1-1-1a dcterms:description ?text FILTER (LANG(?text) = "en") }
