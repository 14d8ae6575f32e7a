# expects: vs:AgreementPart-hasEvidence-count sh:MinCountConstraintComponent deel:proef-1-1 vesoc:hasEvidence -

DELETE WHERE { deel:proef-1-1 vesoc:hasEvidence ?value }
