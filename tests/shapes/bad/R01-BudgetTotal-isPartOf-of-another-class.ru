# expects: vs:BudgetTotal-isPartOf-class sh:ClassConstraintComponent btot:proef-deel dcterms:isPartOf deel:proef-1

INSERT DATA {
  btot:proef-deel a vesoc:BudgetTotal ; dcterms:isPartOf deel:proef-1 ; vesoc:amount 1000000.0 ;
    vesoc:hasEvidence vind:proef-bijlage .
}
