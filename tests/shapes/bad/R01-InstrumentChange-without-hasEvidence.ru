# expects: vs:InstrumentChange-hasEvidence-count sh:MinCountConstraintComponent wijz:proef-1-1-1a vesoc:hasEvidence -

DELETE WHERE { wijz:proef-1-1-1a vesoc:hasEvidence ?value }
