# expects: vs:hasSelector-class sh:ClassConstraintComponent vind:proef-1-1-1a oa:hasSelector per:jaar-2031

DELETE { vind:proef-1-1-1a oa:hasSelector ?old }
INSERT { vind:proef-1-1-1a oa:hasSelector per:jaar-2031 }
WHERE { vind:proef-1-1-1a oa:hasSelector ?old }
