# expects: vs:hasSource-class sh:ClassConstraintComponent vind:krant-1 oa:hasSource per:jaar-2031

DELETE { vind:krant-1 oa:hasSource ?old }
INSERT { vind:krant-1 oa:hasSource per:jaar-2031 }
WHERE { vind:krant-1 oa:hasSource ?old }
