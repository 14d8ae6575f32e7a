# expects: vs:no-double-order sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ond:proef-noor-probeer

DELETE { ond:proef-noor-probeer vesoc:order ?old }
INSERT { ond:proef-noor-probeer vesoc:order 1 }
WHERE { ond:proef-noor-probeer vesoc:order ?old }
