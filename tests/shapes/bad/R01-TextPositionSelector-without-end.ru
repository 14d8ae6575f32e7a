# expects: vs:TextPositionSelector-end-count sh:MinCountConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end -

DELETE WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end ?value }
