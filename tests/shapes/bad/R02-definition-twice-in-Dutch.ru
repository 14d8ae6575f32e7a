# expects: vs:definition-languages sh:UniqueLangConstraintComponent vesoc:Measure skos:definition -

INSERT DATA { vesoc:Measure skos:definition "dubbel"@nl }
