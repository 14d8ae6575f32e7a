# expects: vs:Signature-signs-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:signs -

DELETE WHERE { ond:vorig-ada-derde vesoc:signs ?value }
