# expects: vs:Membership-member-count sh:MinCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:member -

DELETE WHERE { fun:ada-derde-secretaris-2028-01-01 org:member ?value }
