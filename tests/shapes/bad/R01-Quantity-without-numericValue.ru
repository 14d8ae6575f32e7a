# expects: vs:Quantity-numericValue-count sh:MinCountConstraintComponent hvh:krant-deelname vesoc:numericValue -

DELETE WHERE { hvh:krant-deelname vesoc:numericValue ?value }
