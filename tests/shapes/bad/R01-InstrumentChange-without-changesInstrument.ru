# expects: vs:InstrumentChange-changesInstrument-count sh:MinCountConstraintComponent wijz:proef-1-1-1a vesoc:changesInstrument -

DELETE WHERE { wijz:proef-1-1-1a vesoc:changesInstrument ?value }
