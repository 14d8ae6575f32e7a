# expects: vs:Signature-order-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:order -

INSERT DATA { ond:vorig-ada-derde vesoc:order 4 }
