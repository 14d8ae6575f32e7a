# expects: vs:isAbout-iri sh:NodeKindConstraintComponent bew:datum-volgens-krant vesoc:isAbout "tekst"

DELETE { bew:datum-volgens-krant vesoc:isAbout ?old }
INSERT { bew:datum-volgens-krant vesoc:isAbout "tekst" }
WHERE { bew:datum-volgens-krant vesoc:isAbout ?old }
