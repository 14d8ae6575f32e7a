# expects: vs:conditionNote-languages sh:UniqueLangConstraintComponent mtr:proef-1-1-1a vesoc:conditionNote -

INSERT DATA { mtr:proef-1-1-1a vesoc:conditionNote "dubbel"@nl }
