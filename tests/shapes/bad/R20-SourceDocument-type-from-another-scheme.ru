# expects: vs:SourceDocument-type-scheme sh:NodeConstraintComponent bron:krant dcterms:type kenmerk:duur

DELETE { bron:krant dcterms:type ?old }
INSERT { bron:krant dcterms:type kenmerk:duur }
WHERE { bron:krant dcterms:type ?old }
