# expects: vs:range-named-after-passage sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - vind:proef-1-1-1b

DELETE { vind:proef-1-1-1b oa:hasSelector ?old }
INSERT { vind:proef-1-1-1b oa:hasSelector <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1a#bereik> }
WHERE { vind:proef-1-1-1b oa:hasSelector ?old } ;
DELETE WHERE { <https://w3id.org/vesoc-kg/id/vindplaats/proef-1-1-1b#bereik> ?property ?object }
