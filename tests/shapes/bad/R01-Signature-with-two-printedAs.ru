# expects: vs:Signature-printedAs-count sh:MaxCountConstraintComponent ond:vorig-ada-derde vesoc:printedAs -

INSERT DATA { ond:vorig-ada-derde vesoc:printedAs "ADA DERDE" }
