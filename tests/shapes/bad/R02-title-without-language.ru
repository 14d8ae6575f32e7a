# expects: vs:title-tagged sh:DatatypeConstraintComponent doel:proef-deelname dcterms:title "zonder taal"

DELETE { doel:proef-deelname dcterms:title ?text }
INSERT { doel:proef-deelname dcterms:title "zonder taal" }
WHERE { doel:proef-deelname dcterms:title ?text FILTER (LANG(?text) = "en") }
