# expects: vs:Membership-organization-count sh:MinCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 org:organization -

DELETE WHERE { fun:ada-derde-secretaris-2028-01-01 org:organization ?value }
