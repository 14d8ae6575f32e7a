# expects: vs:InstrumentChange-changesInstrument-count sh:MaxCountConstraintComponent wijz:proef-1-1-1a vesoc:changesInstrument -

INSERT DATA { wijz:proef-1-1-1a vesoc:changesInstrument ins:proefcheque }
