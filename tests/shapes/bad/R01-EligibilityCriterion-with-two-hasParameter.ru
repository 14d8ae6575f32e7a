# expects: vs:EligibilityCriterion-hasParameter-count sh:MaxCountConstraintComponent vw:minstens-18 vesoc:hasParameter -

INSERT DATA { vw:minstens-18 vesoc:hasParameter kenmerk:duur }
