# expects: vs:SourceDocument-characterCount-count sh:MaxCountConstraintComponent bron:krant vesoc:characterCount -

INSERT DATA { bron:krant vesoc:characterCount 101 }
