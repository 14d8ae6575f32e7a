# expects: vs:Evidence-hasSource-count sh:MaxCountConstraintComponent vind:proef-1-1-1a oa:hasSource -

INSERT DATA { vind:proef-1-1-1a oa:hasSource bron:krant }
