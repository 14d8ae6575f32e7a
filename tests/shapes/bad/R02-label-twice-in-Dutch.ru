# expects: vs:label-languages sh:UniqueLangConstraintComponent per:jaar-2032 rdfs:label -

INSERT DATA { per:jaar-2032 rdfs:label "dubbel"@nl }
