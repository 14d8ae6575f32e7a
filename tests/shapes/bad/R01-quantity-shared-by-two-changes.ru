# expects: vs:quantity-of-one-statement sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - hvh:proef-1-1-1a-voor

INSERT DATA {
  mtr:proef-1-1-1b vesoc:makesChange wijz:proef-1-1-1b .
  wijz:proef-1-1-1b a vesoc:InstrumentChange ; vesoc:changesInstrument ins:proefcheque ;
    vesoc:hasParameter kenmerk:duur ; vesoc:valueBefore hvh:proef-1-1-1a-voor ; vesoc:hasEvidence vind:proef-1-1-1b .
}
