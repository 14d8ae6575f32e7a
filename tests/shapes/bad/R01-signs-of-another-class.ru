# expects: vs:signs-class sh:ClassConstraintComponent ond:vorig-ada-derde vesoc:signs per:jaar-2031

DELETE { ond:vorig-ada-derde vesoc:signs ?old }
INSERT { ond:vorig-ada-derde vesoc:signs per:jaar-2031 }
WHERE { ond:vorig-ada-derde vesoc:signs ?old }
