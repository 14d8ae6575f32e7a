# expects: vs:BudgetLine-title-missing sh:MinCountConstraintComponent bud:vorig-01 dcterms:title -

DELETE WHERE { bud:vorig-01 dcterms:title ?value }
