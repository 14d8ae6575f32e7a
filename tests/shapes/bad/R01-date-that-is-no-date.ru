# expects: vs:date-datatype sh:DatatypeConstraintComponent bron:krant dcterms:date "2031-03-01"^^<http://www.w3.org/2001/XMLSchema#string>

DELETE { bron:krant dcterms:date ?old }
INSERT { bron:krant dcterms:date "2031-03-01" }
WHERE { bron:krant dcterms:date ?old }
