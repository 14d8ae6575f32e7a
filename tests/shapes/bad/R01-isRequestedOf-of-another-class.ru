# expects: vs:isRequestedOf-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:isRequestedOf per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:isRequestedOf per:jaar-2031 }
