# expects: vs:AgreementPart-title-missing sh:MinCountConstraintComponent deel:proef-1-1 dcterms:title -

DELETE WHERE { deel:proef-1-1 dcterms:title ?value }
