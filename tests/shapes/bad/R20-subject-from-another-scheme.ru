# expects: vs:subject-scheme sh:NodeConstraintComponent mtr:proef-1-1-1a dcterms:subject kenmerk:duur

INSERT DATA { mtr:proef-1-1-1a dcterms:subject kenmerk:duur }
