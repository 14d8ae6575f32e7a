# expects: vs:hasBudgetCategory-scheme sh:NodeConstraintComponent bud:vorig-01 vesoc:hasBudgetCategory kenmerk:duur

DELETE { bud:vorig-01 vesoc:hasBudgetCategory ?old }
INSERT { bud:vorig-01 vesoc:hasBudgetCategory kenmerk:duur }
WHERE { bud:vorig-01 vesoc:hasBudgetCategory ?old }
