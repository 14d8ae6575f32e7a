# expects: vs:AgreementPart-number-count sh:MaxCountConstraintComponent deel:proef-1-1 eli:number -

INSERT DATA { deel:proef-1-1 eli:number "1.2" }
