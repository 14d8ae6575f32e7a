# expects: vs:Signature-signedBy-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:signedBy -

DELETE WHERE { ond:vorig-ada-derde vesoc:signedBy ?value }
