# expects: vs:created-datatype sh:DatatypeConstraintComponent bew:proef-vervangt-vorig dcterms:created "2031-03-01"

DELETE { bew:proef-vervangt-vorig dcterms:created ?old }
INSERT { bew:proef-vervangt-vorig dcterms:created "2031-03-01" }
WHERE { bew:proef-vervangt-vorig dcterms:created ?old }
