# expects: vs:start-datatype sh:DatatypeConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start "1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start "1.5"^^xsd:decimal }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:start ?old }
