# expects: vs:prefLabel-languages sh:UniqueLangConstraintComponent orgn:werkbond skos:prefLabel -

INSERT DATA { orgn:werkbond skos:prefLabel "dubbel"@nl }
