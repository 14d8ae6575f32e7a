# expects: vs:BudgetTotal-amount-count sh:MinCountConstraintComponent btot:proef-mensen vesoc:amount -

DELETE WHERE { btot:proef-mensen vesoc:amount ?value }
