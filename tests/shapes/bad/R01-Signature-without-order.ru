# expects: vs:Signature-order-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:order -

DELETE WHERE { ond:vorig-ada-derde vesoc:order ?value }
