# expects: vs:sha256-datatype sh:DatatypeConstraintComponent bron:krant vesoc:sha256 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"@nl

DELETE { bron:krant vesoc:sha256 ?old }
INSERT { bron:krant vesoc:sha256 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"@nl }
WHERE { bron:krant vesoc:sha256 ?old }
