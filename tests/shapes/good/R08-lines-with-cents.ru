DELETE { bud:proef-01 vesoc:amount ?old }
INSERT { bud:proef-01 vesoc:amount 750000.25 }
WHERE { bud:proef-01 vesoc:amount ?old } ;
INSERT DATA {
  bud:proef-03 a vesoc:BudgetLine ; dcterms:isPartOf akk:proef ; dcterms:title "Rest"@nl , "Rest"@en ;
    vesoc:hasBudgetCategory budgetcategorie:mensen ; vesoc:budgetsFor deel:proef-1 ; vesoc:amount 249999.75 ;
    vesoc:hasEvidence vind:proef-bijlage .
}
