# expects: vs:class-is-declared sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> rdf:type orgn:werkbond

INSERT DATA { orgn:werkbond a <https://www.w3.org/ns/org#Organization> }
