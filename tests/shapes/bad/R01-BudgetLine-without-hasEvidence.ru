# expects: vs:BudgetLine-hasEvidence-count sh:MinCountConstraintComponent bud:vorig-01 vesoc:hasEvidence -

DELETE WHERE { bud:vorig-01 vesoc:hasEvidence ?value }
