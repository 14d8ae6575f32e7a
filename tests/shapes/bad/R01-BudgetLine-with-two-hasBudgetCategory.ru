# expects: vs:BudgetLine-hasBudgetCategory-count sh:MaxCountConstraintComponent bud:vorig-01 vesoc:hasBudgetCategory -

INSERT DATA { bud:vorig-01 vesoc:hasBudgetCategory budgetcategorie:mensen }
