# expects: vs:altLabel-tagged sh:DatatypeConstraintComponent ins:proefverlof skos:altLabel "zonder taal"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof skos:altLabel "zonder taal" }
