# expects: vs:Measure-isPartOf-count sh:MaxCountConstraintComponent mtr:proef-1-1-1a dcterms:isPartOf -

INSERT DATA { mtr:proef-1-1-1a dcterms:isPartOf deel:proef-1 }
