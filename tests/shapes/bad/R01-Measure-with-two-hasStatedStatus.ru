# expects: vs:Measure-hasStatedStatus-count sh:MaxCountConstraintComponent mtr:proef-1-1-1a vesoc:hasStatedStatus -

INSERT DATA { mtr:proef-1-1-1a vesoc:hasStatedStatus status:beslist }
