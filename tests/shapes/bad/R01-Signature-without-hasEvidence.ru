# expects: vs:Signature-hasEvidence-count sh:MinCountConstraintComponent ond:vorig-ada-derde vesoc:hasEvidence -

DELETE WHERE { ond:vorig-ada-derde vesoc:hasEvidence ?value }
