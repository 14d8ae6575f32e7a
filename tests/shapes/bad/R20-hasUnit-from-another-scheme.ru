# expects: vs:hasUnit-scheme sh:NodeConstraintComponent vw:minstens-18 vesoc:hasUnit kenmerk:duur

DELETE { vw:minstens-18 vesoc:hasUnit ?old }
INSERT { vw:minstens-18 vesoc:hasUnit kenmerk:duur }
WHERE { vw:minstens-18 vesoc:hasUnit ?old }
