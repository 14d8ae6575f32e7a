# expects: vs:BudgetTotal-isPartOf-count sh:MaxCountConstraintComponent btot:proef-samen dcterms:isPartOf -

INSERT DATA {
  btot:proef-samen a vesoc:BudgetTotal ; dcterms:isPartOf akk:proef , akk:vorig ;
    vesoc:amount 1700000.0 ; vesoc:hasEvidence vind:proef-bijlage .
}
