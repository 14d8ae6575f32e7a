# expects: vs:Measure-hasStatedStatus-count sh:MinCountConstraintComponent mtr:proef-1-1-1a vesoc:hasStatedStatus -

DELETE WHERE { mtr:proef-1-1-1a vesoc:hasStatedStatus ?value }
