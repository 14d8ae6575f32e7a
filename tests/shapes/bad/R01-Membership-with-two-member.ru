# expects: vs:Membership-member-count sh:MaxCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:member -

INSERT DATA { fun:ada-derde-secretaris-2028-01-01 org:member pers:noor-probeer }
