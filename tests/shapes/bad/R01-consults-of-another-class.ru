# expects: vs:consults-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:consults per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:consults per:jaar-2031 }
