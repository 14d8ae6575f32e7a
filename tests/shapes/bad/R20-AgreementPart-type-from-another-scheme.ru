# expects: vs:AgreementPart-type-scheme sh:NodeConstraintComponent deel:proef-1-1 dcterms:type kenmerk:duur

DELETE { deel:proef-1-1 dcterms:type ?old }
INSERT { deel:proef-1-1 dcterms:type kenmerk:duur }
WHERE { deel:proef-1-1 dcterms:type ?old }
