# expects: vs:TextPositionSelector-start-count sh:MaxCountConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start -

INSERT DATA { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start 23 }
