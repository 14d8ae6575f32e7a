# expects: vs:TargetGroup-inScheme-value sh:HasValueConstraintComponent dg:werknemers skos:inScheme -

DELETE { dg:werknemers skos:inScheme ?old ; skos:topConceptOf ?old }
INSERT { dg:werknemers skos:inScheme cs:thema ; skos:topConceptOf cs:thema }
WHERE { dg:werknemers skos:inScheme ?old }
