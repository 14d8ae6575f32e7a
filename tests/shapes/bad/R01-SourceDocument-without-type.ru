# expects: vs:SourceDocument-type-count sh:MinCountConstraintComponent bron:krant dcterms:type -

DELETE WHERE { bron:krant dcterms:type ?value }
