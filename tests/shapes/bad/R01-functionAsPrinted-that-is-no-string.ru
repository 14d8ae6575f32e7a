# expects: vs:functionAsPrinted-datatype sh:DatatypeConstraintComponent ond:vorig-ada-derde vesoc:functionAsPrinted "tekst"@nl

DELETE { ond:vorig-ada-derde vesoc:functionAsPrinted ?old }
INSERT { ond:vorig-ada-derde vesoc:functionAsPrinted "tekst"@nl }
WHERE { ond:vorig-ada-derde vesoc:functionAsPrinted ?old }
