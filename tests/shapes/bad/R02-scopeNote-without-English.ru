# expects: vs:scopeNote-languages sh:MinCountConstraintComponent ins:proefverlof skos:scopeNote -

INSERT DATA { ins:proefverlof skos:scopeNote "alleen Nederlands"@nl }
