# expects: vs:Measure-subject-count sh:MinCountConstraintComponent mtr:proef-1-1-1a dcterms:subject -

DELETE WHERE { mtr:proef-1-1-1a dcterms:subject ?value }
