# expects: vs:Agreement-date-count sh:MaxCountConstraintComponent akk:proef dcterms:date -

INSERT DATA { akk:proef dcterms:date "2031-03-06"^^xsd:date }
