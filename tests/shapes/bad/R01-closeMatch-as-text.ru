# expects: vs:closeMatch-iri sh:NodeKindConstraintComponent ins:proefverlof skos:closeMatch "tekst"

INSERT DATA { ins:proefverlof skos:closeMatch "tekst" }
