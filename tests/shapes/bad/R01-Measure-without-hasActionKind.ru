# expects: vs:Measure-hasActionKind-count sh:MinCountConstraintComponent mtr:proef-1-1-1a vesoc:hasActionKind -

DELETE WHERE { mtr:proef-1-1-1a vesoc:hasActionKind ?value }
