# expects: vs:broadMatch-iri sh:NodeKindConstraintComponent ins:proefverlof skos:broadMatch "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { ins:proefverlof skos:broadMatch "tekst" }
