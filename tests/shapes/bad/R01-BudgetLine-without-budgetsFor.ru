# expects: vs:BudgetLine-budgetsFor-count sh:MinCountConstraintComponent bud:vorig-01 vesoc:budgetsFor -

DELETE WHERE { bud:vorig-01 vesoc:budgetsFor ?value }
