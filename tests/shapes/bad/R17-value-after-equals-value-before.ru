# expects: vs:values-differ sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - wijz:proef-1-1-1a

DELETE { hvh:proef-1-1-1a-na vesoc:numericValue ?old }
INSERT { hvh:proef-1-1-1a-na vesoc:numericValue 32.0 }
WHERE { hvh:proef-1-1-1a-na vesoc:numericValue ?old }
