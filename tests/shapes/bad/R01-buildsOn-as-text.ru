# expects: vs:buildsOn-iri sh:NodeKindConstraintComponent akk:proef vesoc:buildsOn "tekst"

INSERT DATA { akk:proef vesoc:buildsOn "tekst" }
