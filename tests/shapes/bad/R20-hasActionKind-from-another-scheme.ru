# expects: vs:hasActionKind-scheme sh:NodeConstraintComponent mtr:proef-1-1-1a vesoc:hasActionKind kenmerk:duur

INSERT DATA { mtr:proef-1-1-1a vesoc:hasActionKind kenmerk:duur }
