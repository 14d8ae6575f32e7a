# expects: vs:broadMatch-iri sh:NodeKindConstraintComponent ins:proefverlof skos:broadMatch "tekst"

INSERT DATA { ins:proefverlof skos:broadMatch "tekst" }
