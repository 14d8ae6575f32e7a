# expects: vs:creator-iri sh:NodeKindConstraintComponent bew:proef-vervangt-vorig dcterms:creator "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { bew:proef-vervangt-vorig dcterms:creator "tekst" }
