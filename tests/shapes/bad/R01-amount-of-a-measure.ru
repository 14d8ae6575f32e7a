# expects: vs:property-fits-its-subject sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:amount mtr:proef-1-1-1a

INSERT DATA { mtr:proef-1-1-1a vesoc:amount 1000000.0 }
