# expects: vs:Membership-title-missing sh:MinCountConstraintComponent fun:ada-derde-secretaris-2028-01-01 dcterms:title -

DELETE WHERE { fun:ada-derde-secretaris-2028-01-01 dcterms:title ?value }
