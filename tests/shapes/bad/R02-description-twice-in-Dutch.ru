# expects: vs:description-languages sh:UniqueLangConstraintComponent mtr:proef-1-1-1a dcterms:description -

INSERT DATA { mtr:proef-1-1-1a dcterms:description "dubbel"@nl }
