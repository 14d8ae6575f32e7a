# expects: vs:aboutProperty-iri sh:NodeKindConstraintComponent bew:datum-volgens-krant vesoc:aboutProperty "tekst"

DELETE { bew:datum-volgens-krant vesoc:aboutProperty ?old }
INSERT { bew:datum-volgens-krant vesoc:aboutProperty "tekst" }
WHERE { bew:datum-volgens-krant vesoc:aboutProperty ?old }
