# expects: vs:post-held-by-signatory sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:inCapacityOf ond:proef-noor-probeer

INSERT DATA { ond:proef-noor-probeer vesoc:inCapacityOf fun:mila-test-minister-2028-01-01 }
