# expects: vs:title-languages sh:MinCountConstraintComponent doel:proef-deelname dcterms:title -

DELETE { doel:proef-deelname dcterms:title ?text }
WHERE { doel:proef-deelname dcterms:title ?text FILTER (LANG(?text) = "en") }
