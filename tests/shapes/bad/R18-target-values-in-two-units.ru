# expects: vs:target-values-share-a-unit sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - doel:proef-deelname

DELETE { hvh:proef-deelname-2032 vesoc:hasUnit ?old }
INSERT { hvh:proef-deelname-2032 vesoc:hasUnit eenheid:jaar }
WHERE { hvh:proef-deelname-2032 vesoc:hasUnit ?old }
