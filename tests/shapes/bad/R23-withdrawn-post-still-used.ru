# expects: vs:nothing-deprecated-is-used sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:inCapacityOf ond:proef-noor-probeer

INSERT DATA { fun:noor-probeer-voorzitter owl:deprecated true }
