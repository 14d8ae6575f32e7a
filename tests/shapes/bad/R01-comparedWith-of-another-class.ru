# expects: vs:comparedWith-class sh:ClassConstraintComponent bew:datum-volgens-krant vesoc:comparedWith per:jaar-2031

INSERT DATA { bew:datum-volgens-krant vesoc:comparedWith per:jaar-2031 }
