# expects: vs:Signature-onBehalfOf-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:onBehalfOf -

INSERT DATA { ond:vorig-ada-derde vesoc:onBehalfOf orgn:proefdienst }
