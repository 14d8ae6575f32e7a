# expects: vs:organization-class sh:ClassConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:organization per:jaar-2031

DELETE { fun:ada-derde-secretaris-2028-01-01 org:organization ?old }
INSERT { fun:ada-derde-secretaris-2028-01-01 org:organization per:jaar-2031 }
WHERE { fun:ada-derde-secretaris-2028-01-01 org:organization ?old }
