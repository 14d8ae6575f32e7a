# expects: vs:SourceDocument-sha256-count sh:MinCountConstraintComponent bron:krant vesoc:sha256 -

DELETE WHERE { bron:krant vesoc:sha256 ?value }
