# expects: vs:Quantity-hasUnit-count sh:MaxCountConstraintComponent hvh:krant-deelname vesoc:hasUnit -

INSERT DATA { hvh:krant-deelname vesoc:hasUnit eenheid:uur }
