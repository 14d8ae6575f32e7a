# expects: vs:Goal-isPartOf-count sh:MaxCountConstraintComponent doel:proef-deelname dcterms:isPartOf -

INSERT DATA { doel:proef-deelname dcterms:isPartOf akk:vorig }
