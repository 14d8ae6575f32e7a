# expects: vs:BudgetTotal-hasBudgetCategory-count sh:MaxCountConstraintComponent btot:proef-samen vesoc:hasBudgetCategory -

INSERT DATA {
  btot:proef-samen a vesoc:BudgetTotal ; dcterms:isPartOf akk:proef ;
    vesoc:hasBudgetCategory budgetcategorie:mensen , budgetcategorie:dingen ;
    vesoc:amount 1500000.0 ; vesoc:hasEvidence vind:proef-bijlage .
}
