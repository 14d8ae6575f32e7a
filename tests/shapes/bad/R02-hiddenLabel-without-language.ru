# expects: vs:hiddenLabel-tagged sh:DatatypeConstraintComponent ins:proefverlof skos:hiddenLabel "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof skos:hiddenLabel "zonder taal" }
