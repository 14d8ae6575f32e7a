# expects: vs:Instrument-type-scheme sh:NodeConstraintComponent ins:proefverlof dcterms:type kenmerk:duur

DELETE { ins:proefverlof dcterms:type ?old }
INSERT { ins:proefverlof dcterms:type kenmerk:duur }
WHERE { ins:proefverlof dcterms:type ?old }
