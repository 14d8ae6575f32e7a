# expects: vs:hasStatedStatus-scheme sh:NodeConstraintComponent mtr:proef-1-1-1a vesoc:hasStatedStatus kenmerk:duur

DELETE { mtr:proef-1-1-1a vesoc:hasStatedStatus ?old }
INSERT { mtr:proef-1-1-1a vesoc:hasStatedStatus kenmerk:duur }
WHERE { mtr:proef-1-1-1a vesoc:hasStatedStatus ?old }
