# expects: vs:member-class sh:ClassConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:member per:jaar-2031

DELETE { fun:ada-derde-secretaris-2028-01-01 org:member ?old }
INSERT { fun:ada-derde-secretaris-2028-01-01 org:member per:jaar-2031 }
WHERE { fun:ada-derde-secretaris-2028-01-01 org:member ?old }
