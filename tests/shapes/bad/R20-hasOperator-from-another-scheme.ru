# expects: vs:hasOperator-scheme sh:NodeConstraintComponent vw:minstens-18 vesoc:hasOperator kenmerk:duur

DELETE { vw:minstens-18 vesoc:hasOperator ?old }
INSERT { vw:minstens-18 vesoc:hasOperator kenmerk:duur }
WHERE { vw:minstens-18 vesoc:hasOperator ?old }
