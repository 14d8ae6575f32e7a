# expects: vs:range-in-order sh:LessThanConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start "80"^^<http://www.w3.org/2001/XMLSchema#integer>

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start 80 }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
