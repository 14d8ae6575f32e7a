# expects: vs:Signature-signs-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:signs -

INSERT DATA { ond:vorig-ada-derde vesoc:signs akk:proef }
