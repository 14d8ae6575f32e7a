# expects: vs:valueBefore-class sh:ClassConstraintComponent wijz:proef-1-1-1b vesoc:valueBefore per:jaar-2031

INSERT DATA {
  mtr:proef-1-1-1b vesoc:makesChange wijz:proef-1-1-1b .
  wijz:proef-1-1-1b a vesoc:InstrumentChange ; vesoc:changesInstrument ins:proefcheque ;
    vesoc:hasParameter kenmerk:duur ; vesoc:valueBefore per:jaar-2031 ; vesoc:hasEvidence vind:proef-1-1-1b .
}
