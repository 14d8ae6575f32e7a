# expects: vs:conditionNote-tagged sh:DatatypeConstraintComponent mtr:proef-1-1-1a vesoc:conditionNote "zonder taal"

DELETE { mtr:proef-1-1-1a vesoc:conditionNote ?text }
INSERT { mtr:proef-1-1-1a vesoc:conditionNote "zonder taal" }
WHERE { mtr:proef-1-1-1a vesoc:conditionNote ?text FILTER (LANG(?text) = "en") }
