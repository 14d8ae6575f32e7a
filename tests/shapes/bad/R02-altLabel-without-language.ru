# expects: vs:altLabel-tagged sh:DatatypeConstraintComponent ins:proefverlof skos:altLabel "zonder taal"

INSERT DATA { ins:proefverlof skos:altLabel "zonder taal" }
