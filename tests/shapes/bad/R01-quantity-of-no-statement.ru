# expects: vs:quantity-is-used sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - hvh:los

INSERT DATA { hvh:los a vesoc:Quantity ; vesoc:numericValue 1.0 ; vesoc:hasUnit eenheid:uur }
