# expects: vs:BudgetLine-isPartOf-count sh:MaxCountConstraintComponent bud:vorig-01 dcterms:isPartOf -

INSERT DATA { bud:vorig-01 dcterms:isPartOf akk:proef } ;
DELETE { btot:proef-dingen vesoc:amount ?old }
INSERT { btot:proef-dingen vesoc:amount 700000.0 }
WHERE { btot:proef-dingen vesoc:amount ?old } ;
DELETE { btot:proef-totaal vesoc:amount ?old }
INSERT { btot:proef-totaal vesoc:amount 1700000.0 }
WHERE { btot:proef-totaal vesoc:amount ?old }
