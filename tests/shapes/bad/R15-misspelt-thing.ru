# expects: vs:object-is-typed sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> dcterms:references akk:proef

INSERT DATA { akk:proef dcterms:references orgn:werkbondd }
