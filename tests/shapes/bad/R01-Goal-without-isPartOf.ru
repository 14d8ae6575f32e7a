# expects: vs:Goal-isPartOf-count sh:MinCountConstraintComponent doel:proef-deelname dcterms:isPartOf -

DELETE WHERE { doel:proef-deelname dcterms:isPartOf ?value }
