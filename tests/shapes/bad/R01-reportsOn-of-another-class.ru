# expects: vs:reportsOn-class sh:ClassConstraintComponent bron:krant vesoc:reportsOn per:jaar-2031

INSERT DATA { bron:krant vesoc:reportsOn per:jaar-2031 }
