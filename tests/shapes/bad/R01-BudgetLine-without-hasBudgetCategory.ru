# expects: vs:BudgetLine-hasBudgetCategory-count sh:MinCountConstraintComponent bud:vorig-01 vesoc:hasBudgetCategory -

DELETE WHERE { bud:vorig-01 vesoc:hasBudgetCategory ?value }
