# expects: vs:Measure-evaluateBy-count sh:MaxCountConstraintComponent mtr:proef-1-1-1a vesoc:evaluateBy -

INSERT DATA { mtr:proef-1-1-1a vesoc:evaluateBy per:jaar-2031 }
