# expects: vs:seeAlso-iri sh:NodeKindConstraintComponent ins:proefverlof rdfs:seeAlso "tekst"

INSERT DATA { ins:proefverlof rdfs:seeAlso "tekst" }
