# expects: vs:hasEvidence-class sh:ClassConstraintComponent deel:proef-1 vesoc:hasEvidence per:jaar-2031

INSERT DATA { deel:proef-1 vesoc:hasEvidence per:jaar-2031 }
