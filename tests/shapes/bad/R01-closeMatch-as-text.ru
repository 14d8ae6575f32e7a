# expects: vs:closeMatch-iri sh:NodeKindConstraintComponent ins:proefverlof skos:closeMatch "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof skos:closeMatch "tekst" }
