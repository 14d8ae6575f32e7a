# expects: vs:scopeNote-languages sh:UniqueLangConstraintComponent ins:proefverlof skos:scopeNote -

INSERT DATA { ins:proefverlof skos:scopeNote "een"@nl , "twee"@nl , "one"@en }
