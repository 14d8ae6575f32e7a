# expects: vs:characterCount-datatype sh:DatatypeConstraintComponent bron:krant vesoc:characterCount "100"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { bron:krant vesoc:characterCount ?old }
INSERT { bron:krant vesoc:characterCount 100.0 }
WHERE { bron:krant vesoc:characterCount ?old }
