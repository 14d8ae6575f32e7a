# expects: vs:source-class sh:ClassConstraintComponent fun:mila-test-minister-2028-01-01 dcterms:source per:jaar-2031

INSERT DATA { fun:mila-test-minister-2028-01-01 dcterms:source per:jaar-2031 }
