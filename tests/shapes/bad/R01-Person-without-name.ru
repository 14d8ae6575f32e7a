# expects: vs:Person-name-count sh:MinCountConstraintComponent pers:mila-test foaf:name -

DELETE WHERE { pers:mila-test foaf:name ?value }
