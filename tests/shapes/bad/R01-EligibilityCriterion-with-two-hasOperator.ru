# expects: vs:EligibilityCriterion-hasOperator-count sh:MaxCountConstraintComponent vw:minstens-18 vesoc:hasOperator -

INSERT DATA { vw:minstens-18 vesoc:hasOperator vergelijking:hoogstens }
