# expects: vs:budgetsFor-class sh:ClassConstraintComponent bud:vorig-01 vesoc:budgetsFor per:jaar-2031

INSERT DATA { bud:vorig-01 vesoc:budgetsFor per:jaar-2031 }
