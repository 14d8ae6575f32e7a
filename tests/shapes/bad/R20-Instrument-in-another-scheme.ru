# expects: vs:Instrument-inScheme-value sh:HasValueConstraintComponent ins:proefcheque skos:inScheme -

DELETE { ins:proefcheque skos:inScheme ?old ; skos:broader ins:leren }
INSERT { ins:proefcheque skos:inScheme cs:thema ; skos:topConceptOf cs:thema }
WHERE { ins:proefcheque skos:inScheme ?old }
