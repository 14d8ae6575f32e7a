# expects: vs:title-languages sh:UniqueLangConstraintComponent doel:proef-deelname dcterms:title -

INSERT DATA { doel:proef-deelname dcterms:title "dubbel"@nl }
