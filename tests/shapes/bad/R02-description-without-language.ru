# expects: vs:description-tagged sh:DatatypeConstraintComponent mtr:proef-1-1-1a dcterms:description "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

DELETE { mtr:proef-1-1-1a dcterms:description ?text }
INSERT { mtr:proef-1-1-1a dcterms:description "zonder taal" }
WHERE { mtr:proef-1-1-1a dcterms:description ?text FILTER (LANG(?text) = "en") }
