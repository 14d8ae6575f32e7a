# expects: vs:BudgetLine-isPartOf-class sh:ClassConstraintComponent bud:vorig-01 dcterms:isPartOf per:jaar-2031

DELETE { bud:vorig-01 dcterms:isPartOf ?old }
INSERT { bud:vorig-01 dcterms:isPartOf per:jaar-2031 }
WHERE { bud:vorig-01 dcterms:isPartOf ?old }
