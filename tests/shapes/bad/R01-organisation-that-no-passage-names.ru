# expects: vs:named-thing-has-passage sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - orgn:proefdienst

DELETE WHERE { orgn:proefdienst vesoc:hasEvidence ?evidence }
