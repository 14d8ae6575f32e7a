# expects: vs:SourceDocument-isTextOf-count sh:MaxCountConstraintComponent bron:proef vesoc:isTextOf -

INSERT DATA { bron:proef vesoc:isTextOf akk:vorig }
