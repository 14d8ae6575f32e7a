# expects: vs:creator-iri sh:NodeKindConstraintComponent bew:proef-vervangt-vorig dcterms:creator "tekst"

INSERT DATA { bew:proef-vervangt-vorig dcterms:creator "tekst" }
