# expects: vs:Agreement-type-count sh:MinCountConstraintComponent akk:proef dcterms:type -

DELETE WHERE { akk:proef dcterms:type ?value }
