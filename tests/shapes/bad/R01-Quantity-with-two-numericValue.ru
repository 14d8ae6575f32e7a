# expects: vs:Quantity-numericValue-count sh:MaxCountConstraintComponent hvh:krant-deelname vesoc:numericValue -

INSERT DATA { hvh:krant-deelname vesoc:numericValue 61.5 }
