# expects: vs:lineage-has-accepted-claim sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:executes mtr:proef-1-1-1b

INSERT DATA { mtr:proef-1-1-1b vesoc:executes <http://example.org/oud-plan> }
