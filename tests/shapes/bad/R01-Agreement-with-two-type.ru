# expects: vs:Agreement-type-count sh:MaxCountConstraintComponent akk:proef dcterms:type -

INSERT DATA { akk:proef dcterms:type akkoordsoort:verklaring }
