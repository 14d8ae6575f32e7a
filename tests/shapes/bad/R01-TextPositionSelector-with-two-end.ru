# expects: vs:TextPositionSelector-end-count sh:MaxCountConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end -

INSERT DATA { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end 79 }
