# expects: vs:onBehalfOf-class sh:ClassConstraintComponent ond:vorig-ada-derde vesoc:onBehalfOf per:jaar-2031

DELETE { ond:vorig-ada-derde vesoc:onBehalfOf ?old }
INSERT { ond:vorig-ada-derde vesoc:onBehalfOf per:jaar-2031 }
WHERE { ond:vorig-ada-derde vesoc:onBehalfOf ?old }
