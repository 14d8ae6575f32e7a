# expects: vs:Evidence-type-scheme sh:NodeConstraintComponent vind:proef-1 dcterms:type kenmerk:duur

DELETE { vind:proef-1 dcterms:type ?old }
INSERT { vind:proef-1 dcterms:type kenmerk:duur }
WHERE { vind:proef-1 dcterms:type ?old }
