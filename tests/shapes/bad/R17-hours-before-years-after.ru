# expects: vs:values-share-a-unit sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - wijz:proef-1-1-1a

DELETE { hvh:proef-1-1-1a-na vesoc:hasUnit ?old }
INSERT { hvh:proef-1-1-1a-na vesoc:hasUnit eenheid:jaar }
WHERE { hvh:proef-1-1-1a-na vesoc:hasUnit ?old }
