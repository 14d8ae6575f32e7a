# expects: vs:SourceDocument-title-missing sh:MinCountConstraintComponent bron:krant dcterms:title -

DELETE WHERE { bron:krant dcterms:title ?value }
