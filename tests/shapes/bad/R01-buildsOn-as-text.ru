# expects: vs:buildsOn-iri sh:NodeKindConstraintComponent akk:proef vesoc:buildsOn "tekst"^^<http://www.w3.org/2001/XMLSchema#string>

INSERT DATA { akk:proef vesoc:buildsOn "tekst" }
