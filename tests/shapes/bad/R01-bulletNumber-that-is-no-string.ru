# expects: vs:bulletNumber-datatype sh:DatatypeConstraintComponent vind:krant-1 vesoc:bulletNumber "tekst"@nl

DELETE { vind:krant-1 vesoc:bulletNumber ?old }
INSERT { vind:krant-1 vesoc:bulletNumber "tekst"@nl }
WHERE { vind:krant-1 vesoc:bulletNumber ?old }
