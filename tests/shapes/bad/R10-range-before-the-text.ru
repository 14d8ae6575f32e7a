# expects: vs:range-starts-in-text sh:MinInclusiveConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start "-1"^^<http://www.w3.org/2001/XMLSchema#integer>

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start -1 }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
