# expects: vs:Measure-isPartOf-count sh:MinCountConstraintComponent mtr:proef-1-1-1a dcterms:isPartOf -

DELETE WHERE { mtr:proef-1-1-1a dcterms:isPartOf ?value }
