# expects: vs:concernsInstrument-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:concernsInstrument per:jaar-2031

INSERT DATA { mtr:proef-1-1-1a vesoc:concernsInstrument per:jaar-2031 }
