# expects: vs:Goal-title-missing sh:MinCountConstraintComponent doel:proef-deelname dcterms:title -

DELETE WHERE { doel:proef-deelname dcterms:title ?value }
