# expects: vs:Claim-isAbout-count sh:MaxCountConstraintComponent bew:datum-volgens-krant vesoc:isAbout -

INSERT DATA { bew:datum-volgens-krant vesoc:isAbout deel:proef-1 }
