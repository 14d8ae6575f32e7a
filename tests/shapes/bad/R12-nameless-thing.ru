# expects: vs:no-blank-nodes sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> dcterms:references akk:proef

INSERT DATA { akk:proef dcterms:references [] }
