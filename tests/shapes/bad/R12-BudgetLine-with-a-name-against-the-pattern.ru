# expects: vs:BudgetLine-iri-pattern sh:PatternConstraintComponent bud:Fout_vorig-01 - bud:Fout_vorig-01

DELETE { bud:vorig-01 ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/budgetlijn/Fout_vorig-01> ?p ?o }
WHERE { bud:vorig-01 ?p ?o } ;
DELETE { ?s ?p bud:vorig-01 }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/budgetlijn/Fout_vorig-01> }
WHERE { ?s ?p bud:vorig-01 }
