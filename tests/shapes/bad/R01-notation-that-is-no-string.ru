# expects: vs:notation-datatype sh:DatatypeConstraintComponent ins:proefverlof skos:notation "tekst"@nl

DELETE { ins:proefverlof skos:notation ?old }
INSERT { ins:proefverlof skos:notation "tekst"@nl }
WHERE { ins:proefverlof skos:notation ?old }
