# expects: vs:Measure-title-missing sh:MinCountConstraintComponent mtr:proef-1-1-1a dcterms:title -

DELETE WHERE { mtr:proef-1-1-1a dcterms:title ?value }
