# expects: vs:predicate-is-declared sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:concernsInstrumnt mtr:proef-1-1-1a

INSERT DATA { mtr:proef-1-1-1a vesoc:concernsInstrumnt ins:proefverlof }
