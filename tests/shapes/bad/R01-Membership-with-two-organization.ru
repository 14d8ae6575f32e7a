# expects: vs:Membership-organization-count sh:MaxCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:organization -

INSERT DATA { fun:ada-derde-secretaris-2028-01-01 org:organization orgn:proefdienst }
