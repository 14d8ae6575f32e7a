DELETE { ond:proef-noor-probeer vesoc:printedAs ?name }
INSERT { ond:proef-noor-probeer vesoc:printedAs "Noor PROBBEER" . pers:noor-probeer skos:altLabel "Noor Probbeer"@nl }
WHERE { ond:proef-noor-probeer vesoc:printedAs ?name }
