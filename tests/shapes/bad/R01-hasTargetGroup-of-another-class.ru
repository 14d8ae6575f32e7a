# expects: vs:hasTargetGroup-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:hasTargetGroup per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:hasTargetGroup per:jaar-2031 }
