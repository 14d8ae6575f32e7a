# expects: vs:Membership-memberDuring-count sh:MaxCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:memberDuring -

INSERT DATA { fun:ada-derde-secretaris-2028-01-01 org:memberDuring per:jaar-2031 }
