# expects: vs:title-tagged sh:DatatypeConstraintComponent doel:proef-deelname dcterms:title "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

DELETE { doel:proef-deelname dcterms:title ?text }
INSERT { doel:proef-deelname dcterms:title "zonder taal" }
WHERE { doel:proef-deelname dcterms:title ?text FILTER (LANG(?text) = "en") }
