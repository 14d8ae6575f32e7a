# expects: vs:seeAlso-iri sh:NodeKindConstraintComponent ins:proefverlof rdfs:seeAlso "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof rdfs:seeAlso "tekst" }
