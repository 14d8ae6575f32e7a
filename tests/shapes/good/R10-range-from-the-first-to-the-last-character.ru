DELETE { ?range oa:start ?start ; oa:end ?end }
INSERT { ?range oa:start 0 ; oa:end 100 }
WHERE { vind:krant-1 oa:hasSelector ?range . ?range oa:start ?start ; oa:end ?end }
