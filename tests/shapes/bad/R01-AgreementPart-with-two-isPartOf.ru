# expects: vs:AgreementPart-isPartOf-count sh:MaxCountConstraintComponent deel:proef-1-1 dcterms:isPartOf -

INSERT DATA { deel:proef-1-1 dcterms:isPartOf akk:proef }
