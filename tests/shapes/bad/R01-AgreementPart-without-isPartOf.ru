# expects: vs:AgreementPart-isPartOf-count sh:MinCountConstraintComponent deel:proef-1-1 dcterms:isPartOf -

DELETE WHERE { deel:proef-1-1 dcterms:isPartOf ?value }
