# expects: vs:Quantity-hasUnit-count sh:MinCountConstraintComponent hvh:krant-deelname vesoc:hasUnit -

DELETE WHERE { hvh:krant-deelname vesoc:hasUnit ?value }
