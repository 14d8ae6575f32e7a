# expects: vs:BudgetTotal-amount-count sh:MaxCountConstraintComponent btot:proef-mensen vesoc:amount -

INSERT DATA { btot:proef-mensen vesoc:amount 2000000.0 }
