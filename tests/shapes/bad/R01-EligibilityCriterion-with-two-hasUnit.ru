# expects: vs:EligibilityCriterion-hasUnit-count sh:MaxCountConstraintComponent vw:minstens-18 vesoc:hasUnit -

INSERT DATA { vw:minstens-18 vesoc:hasUnit eenheid:uur }
