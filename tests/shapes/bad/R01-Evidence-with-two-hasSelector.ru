# expects: vs:Evidence-hasSelector-count sh:MaxCountConstraintComponent vind:proef-1-1-1a oa:hasSelector -

INSERT DATA { vind:proef-1-1-1a oa:hasSelector <https://w3id.org/vesoc-kg/id/vindplaats/krant-1#bereik> }
