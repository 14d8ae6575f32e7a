# expects: vs:hiddenLabel-tagged sh:DatatypeConstraintComponent ins:proefverlof skos:hiddenLabel "zonder taal"

INSERT DATA { ins:proefverlof skos:hiddenLabel "zonder taal" }
