# expects: vs:basedOn-iri sh:NodeKindConstraintComponent ins:proefverlof vesoc:basedOn "tekst"

INSERT DATA { ins:proefverlof vesoc:basedOn "tekst" }
