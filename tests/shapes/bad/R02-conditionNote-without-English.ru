# expects: vs:conditionNote-languages sh:MinCountConstraintComponent mtr:proef-1-1-1a vesoc:conditionNote -

DELETE { mtr:proef-1-1-1a vesoc:conditionNote ?text }
WHERE { mtr:proef-1-1-1a vesoc:conditionNote ?text FILTER (LANG(?text) = "en") }
