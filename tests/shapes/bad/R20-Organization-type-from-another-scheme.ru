# expects: vs:Organization-type-scheme sh:NodeConstraintComponent orgn:proefdienst dcterms:type kenmerk:duur

DELETE { orgn:proefdienst dcterms:type ?old }
INSERT { orgn:proefdienst dcterms:type kenmerk:duur }
WHERE { orgn:proefdienst dcterms:type ?old }
