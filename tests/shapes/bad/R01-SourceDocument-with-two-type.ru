# expects: vs:SourceDocument-type-count sh:MaxCountConstraintComponent bron:krant dcterms:type -

INSERT DATA { bron:krant dcterms:type bronsoort:register }
