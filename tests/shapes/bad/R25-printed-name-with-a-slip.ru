# expects: vs:printed-name-differs sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ond:proef-noor-probeer

DELETE { ond:proef-noor-probeer vesoc:printedAs ?old }
INSERT { ond:proef-noor-probeer vesoc:printedAs "Noor Probber" }
WHERE { ond:proef-noor-probeer vesoc:printedAs ?old }
