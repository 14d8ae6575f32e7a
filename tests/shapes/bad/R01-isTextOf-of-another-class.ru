# expects: vs:isTextOf-class sh:ClassConstraintComponent bron:register vesoc:isTextOf per:jaar-2031

INSERT DATA { bron:register vesoc:isTextOf per:jaar-2031 }
