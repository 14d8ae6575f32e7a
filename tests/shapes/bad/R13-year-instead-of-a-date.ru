# expects: vs:datatype-is-allowed sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> org:identifier orgn:werkbond

INSERT DATA { orgn:werkbond org:identifier "2031"^^xsd:gYear }
