# expects: vs:Person-name-count sh:MaxCountConstraintComponent pers:mila-test foaf:name -

INSERT DATA { pers:mila-test foaf:name "Mila T. Test" }
