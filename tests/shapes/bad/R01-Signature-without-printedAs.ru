# expects: vs:Signature-printedAs-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:printedAs -

DELETE WHERE { ond:vorig-ada-derde vesoc:printedAs ?value }
