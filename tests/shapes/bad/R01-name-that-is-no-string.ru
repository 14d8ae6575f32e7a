# expects: vs:name-datatype sh:DatatypeConstraintComponent pers:mila-test foaf:name "Mila Test"@nl

DELETE { pers:mila-test foaf:name ?old }
INSERT { pers:mila-test foaf:name "Mila Test"@nl }
WHERE { pers:mila-test foaf:name ?old }
