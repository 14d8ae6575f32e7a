# expects: vs:BudgetLine-isPartOf-count sh:MinCountConstraintComponent bud:vorig-01 dcterms:isPartOf -

DELETE WHERE { bud:vorig-01 dcterms:isPartOf ?value }
