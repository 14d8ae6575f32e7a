# expects: vs:range-in-order sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> oa:start <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik>

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start 80 }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
