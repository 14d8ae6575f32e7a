# expects: vs:EligibilityCriterion-numericValue-count sh:MaxCountConstraintComponent vw:minstens-18 vesoc:numericValue -

INSERT DATA { vw:minstens-18 vesoc:numericValue 61.5 }
