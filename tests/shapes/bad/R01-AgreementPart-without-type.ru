# expects: vs:AgreementPart-type-count sh:MinCountConstraintComponent deel:proef-1-1 dcterms:type -

DELETE WHERE { deel:proef-1-1 dcterms:type ?value }
