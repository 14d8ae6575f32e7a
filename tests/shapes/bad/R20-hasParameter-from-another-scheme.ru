# expects: vs:hasParameter-scheme sh:NodeConstraintComponent vw:minstens-18 vesoc:hasParameter eenheid:uur

DELETE { vw:minstens-18 vesoc:hasParameter ?old }
INSERT { vw:minstens-18 vesoc:hasParameter eenheid:uur }
WHERE { vw:minstens-18 vesoc:hasParameter ?old }
