# expects: vs:BudgetLine-amount-count sh:MinCountConstraintComponent bud:vorig-01 vesoc:amount -

DELETE WHERE { bud:vorig-01 vesoc:amount ?value }
