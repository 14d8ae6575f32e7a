# expects: vs:number-datatype sh:DatatypeConstraintComponent deel:proef-1 eli:number "tekst"@nl

DELETE { deel:proef-1 eli:number ?old }
INSERT { deel:proef-1 eli:number "tekst"@nl }
WHERE { deel:proef-1 eli:number ?old }
