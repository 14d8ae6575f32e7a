# expects: vs:funds-class sh:ClassConstraintComponent bud:vorig-01 vesoc:funds per:jaar-2031

INSERT DATA { bud:vorig-01 vesoc:funds per:jaar-2031 }
