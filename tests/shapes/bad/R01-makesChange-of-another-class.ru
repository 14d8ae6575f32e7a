# expects: vs:makesChange-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:makesChange per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:makesChange per:jaar-2031 }
