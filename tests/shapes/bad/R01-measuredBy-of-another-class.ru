# expects: vs:measuredBy-class sh:ClassConstraintComponent doel:proef-deelname vesoc:measuredBy per:jaar-2031

INSERT DATA { doel:proef-deelname vesoc:measuredBy per:jaar-2031 }
