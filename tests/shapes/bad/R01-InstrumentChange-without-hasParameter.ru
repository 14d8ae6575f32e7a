# expects: vs:InstrumentChange-hasParameter-count sh:MinCountConstraintComponent wijz:proef-1-1-1a vesoc:hasParameter -

DELETE WHERE { wijz:proef-1-1-1a vesoc:hasParameter ?value }
