# expects: vs:end-datatype sh:DatatypeConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end "80"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end 80.0 }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> oa:end ?old }
