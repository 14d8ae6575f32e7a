DELETE WHERE { btot:proef-mensen ?property ?object } ;
DELETE WHERE { btot:proef-dingen ?property ?object }
