# expects: vs:order-possible sh:MinInclusiveConstraintComponent ond:proef-noor-probeer vesoc:order "0"^^<http://www.w3.org/2001/XMLSchema#integer>

DELETE { ond:proef-noor-probeer vesoc:order ?old }
INSERT { ond:proef-noor-probeer vesoc:order 0 }
WHERE { ond:proef-noor-probeer vesoc:order ?old }
