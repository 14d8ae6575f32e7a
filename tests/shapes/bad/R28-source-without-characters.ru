# expects: vs:characterCount-possible sh:MinInclusiveConstraintComponent bron:register vesoc:characterCount "0"^^<http://www.w3.org/2001/XMLSchema#integer>

INSERT DATA { bron:register vesoc:characterCount 0 }
