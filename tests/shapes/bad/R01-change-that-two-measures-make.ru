# expects: vs:change-made-by-one-measure sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - wijz:proef-1-1-1a

INSERT DATA { mtr:proef-1-1-1b vesoc:makesChange wijz:proef-1-1-1a }
