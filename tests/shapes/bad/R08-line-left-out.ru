# expects: vs:total-equals-its-lines sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - btot:proef-dingen

DELETE WHERE { bud:proef-02 ?property ?object } ;
DELETE { btot:proef-totaal vesoc:amount ?total }
INSERT { btot:proef-totaal vesoc:amount 1000000.0 }
WHERE { btot:proef-totaal vesoc:amount ?total }
