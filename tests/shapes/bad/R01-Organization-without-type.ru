# expects: vs:Organization-type-count sh:MinCountConstraintComponent orgn:proefdienst dcterms:type -

DELETE WHERE { orgn:proefdienst dcterms:type ?value }
