# expects: vs:hasCriterion-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:hasCriterion per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:hasCriterion per:jaar-2031 }
