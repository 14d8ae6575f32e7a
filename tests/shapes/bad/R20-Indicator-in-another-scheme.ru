# expects: vs:Indicator-inScheme-value sh:HasValueConstraintComponent indi:deelname skos:inScheme -

DELETE { indi:deelname skos:inScheme ?old ; skos:topConceptOf ?old }
INSERT { indi:deelname skos:inScheme cs:thema ; skos:topConceptOf cs:thema }
WHERE { indi:deelname skos:inScheme ?old }
