# expects: vs:Concept-inScheme-count sh:MaxCountConstraintComponent dg:werknemers skos:inScheme -

INSERT DATA { dg:werknemers skos:inScheme cs:thema ; skos:topConceptOf cs:thema }
