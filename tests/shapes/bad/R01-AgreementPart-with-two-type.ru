# expects: vs:AgreementPart-type-count sh:MaxCountConstraintComponent deel:proef-1-1 dcterms:type -

INSERT DATA { deel:proef-1-1 dcterms:type deelsoort:hoofdstuk }
