# expects: vs:BudgetTotal-isPartOf-count sh:MinCountConstraintComponent btot:proef-los dcterms:isPartOf -

INSERT DATA {
  btot:proef-los a vesoc:BudgetTotal ; vesoc:amount 1000000.0 ; vesoc:hasEvidence vind:proef-bijlage .
}
