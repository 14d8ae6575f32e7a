# expects: vs:Agreement-type-scheme sh:NodeConstraintComponent akk:proef dcterms:type kenmerk:duur

DELETE { akk:proef dcterms:type ?old }
INSERT { akk:proef dcterms:type kenmerk:duur }
WHERE { akk:proef dcterms:type ?old }
