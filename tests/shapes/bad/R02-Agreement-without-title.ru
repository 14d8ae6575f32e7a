# expects: vs:Agreement-title-missing sh:MinCountConstraintComponent akk:proef dcterms:title -

DELETE WHERE { akk:proef dcterms:title ?value }
