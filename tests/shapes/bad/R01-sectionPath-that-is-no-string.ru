# expects: vs:sectionPath-datatype sh:DatatypeConstraintComponent vind:krant-1 vesoc:sectionPath "tekst"@nl

DELETE { vind:krant-1 vesoc:sectionPath ?old }
INSERT { vind:krant-1 vesoc:sectionPath "tekst"@nl }
WHERE { vind:krant-1 vesoc:sectionPath ?old }
