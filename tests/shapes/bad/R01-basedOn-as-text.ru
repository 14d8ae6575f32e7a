# expects: vs:basedOn-iri sh:NodeKindConstraintComponent ins:proefverlof vesoc:basedOn "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof vesoc:basedOn "tekst" }
