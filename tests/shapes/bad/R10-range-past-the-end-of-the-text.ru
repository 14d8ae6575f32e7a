# expects: vs:range-ends-in-text sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - vind:proef-ondertekening-2

DELETE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-ondertekening-2#bereik> oa:end ?old }
INSERT { <https://w3id.org/vesoc-kg/id/vindplaats/proef-ondertekening-2#bereik> oa:end 1001 }
WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-ondertekening-2#bereik> oa:end ?old }
