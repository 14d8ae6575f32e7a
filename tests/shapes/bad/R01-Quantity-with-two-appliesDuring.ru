# expects: vs:Quantity-appliesDuring-count sh:MaxCountConstraintComponent hvh:krant-deelname vesoc:appliesDuring -

INSERT DATA { hvh:krant-deelname vesoc:appliesDuring per:maart-2031 }
