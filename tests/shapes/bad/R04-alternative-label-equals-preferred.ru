# expects: vs:altLabel-differs sh:DisjointConstraintComponent ins:proefverlof skos:altLabel "proefverlof"@nl

INSERT DATA { ins:proefverlof skos:altLabel "proefverlof"@nl }
