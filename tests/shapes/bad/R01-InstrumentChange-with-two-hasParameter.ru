# expects: vs:InstrumentChange-hasParameter-count sh:MaxCountConstraintComponent wijz:proef-1-1-1a vesoc:hasParameter -

INSERT DATA { wijz:proef-1-1-1a vesoc:hasParameter kenmerk:leeftijd }
