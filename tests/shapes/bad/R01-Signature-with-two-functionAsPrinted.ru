# expects: vs:Signature-functionAsPrinted-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:functionAsPrinted -

INSERT DATA { ond:vorig-ada-derde vesoc:functionAsPrinted "Minister" }
