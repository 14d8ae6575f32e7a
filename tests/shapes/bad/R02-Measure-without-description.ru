# expects: vs:Measure-description-missing sh:MinCountConstraintComponent mtr:proef-1-1-1a dcterms:description -

DELETE WHERE { mtr:proef-1-1-1a dcterms:description ?value }
