# expects: vs:Measure-hasEvidence-count sh:MinCountConstraintComponent mtr:proef-1-1-1a vesoc:hasEvidence -

DELETE WHERE { mtr:proef-1-1-1a vesoc:hasEvidence ?value }
