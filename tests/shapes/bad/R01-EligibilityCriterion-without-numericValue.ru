# expects: vs:EligibilityCriterion-numericValue-count sh:MinCountConstraintComponent vw:minstens-18 vesoc:numericValue -

DELETE WHERE { vw:minstens-18 vesoc:numericValue ?value }
