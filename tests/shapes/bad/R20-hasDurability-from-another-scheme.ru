# expects: vs:hasDurability-scheme sh:NodeConstraintComponent mtr:proef-1-1-1a vesoc:hasDurability kenmerk:duur

DELETE { mtr:proef-1-1-1a vesoc:hasDurability ?old }
INSERT { mtr:proef-1-1-1a vesoc:hasDurability kenmerk:duur }
WHERE { mtr:proef-1-1-1a vesoc:hasDurability ?old }
