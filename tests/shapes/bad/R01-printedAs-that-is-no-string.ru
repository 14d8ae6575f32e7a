# expects: vs:printedAs-datatype sh:DatatypeConstraintComponent ond:proef-noor-probeer vesoc:printedAs "Noor Probeer"@nl

DELETE { ond:proef-noor-probeer vesoc:printedAs ?old }
INSERT { ond:proef-noor-probeer vesoc:printedAs "Noor Probeer"@nl }
WHERE { ond:proef-noor-probeer vesoc:printedAs ?old }
