# expects: vs:definition-languages sh:UniqueLangConstraintComponent vesoc:TestTerm skos:definition -

INSERT DATA { vesoc:TestTerm skos:definition "dubbel"@nl }
