# expects: vs:BudgetLine-amount-count sh:MaxCountConstraintComponent bud:vorig-01 vesoc:amount -

INSERT DATA { bud:vorig-01 vesoc:amount 2000000.0 }
