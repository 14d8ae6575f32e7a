# expects: vs:Evidence-hasSource-count sh:MinCountConstraintComponent vind:krant-1 oa:hasSource -

DELETE WHERE { vind:krant-1 oa:hasSource ?value }
