# expects: vs:signedBy-class sh:ClassConstraintComponent ond:vorig-ada-derde vesoc:signedBy per:jaar-2031

DELETE { ond:vorig-ada-derde vesoc:signedBy ?old }
INSERT { ond:vorig-ada-derde vesoc:signedBy per:jaar-2031 }
WHERE { ond:vorig-ada-derde vesoc:signedBy ?old }
