# expects: vs:inCapacityOf-class sh:ClassConstraintComponent ond:proef-noor-probeer vesoc:inCapacityOf per:jaar-2031

INSERT DATA { ond:proef-noor-probeer vesoc:inCapacityOf per:jaar-2031 }
