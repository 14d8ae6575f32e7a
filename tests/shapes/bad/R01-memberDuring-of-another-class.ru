# expects: vs:memberDuring-class sh:ClassConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:memberDuring bron:krant

DELETE { fun:ada-derde-secretaris-2028-01-01 org:memberDuring ?old }
INSERT { fun:ada-derde-secretaris-2028-01-01 org:memberDuring bron:krant }
WHERE { fun:ada-derde-secretaris-2028-01-01 org:memberDuring ?old }
