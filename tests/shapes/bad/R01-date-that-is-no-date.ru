# expects: vs:date-datatype sh:DatatypeConstraintComponent bron:krant dcterms:date "2031-03-01"

DELETE { bron:krant dcterms:date ?old }
INSERT { bron:krant dcterms:date "2031-03-01" }
WHERE { bron:krant dcterms:date ?old }
