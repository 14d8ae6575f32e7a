# expects: vs:Signature-onBehalfOf-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:onBehalfOf -

DELETE WHERE { ond:vorig-ada-derde vesoc:onBehalfOf ?value }
