# expects: vs:TextPositionSelector-start-count sh:MinCountConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start -

DELETE WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?value }
