# expects: vs:EligibilityCriterion-hasOperator-count sh:MinCountConstraintComponent vw:minstens-18 vesoc:hasOperator -

DELETE WHERE { vw:minstens-18 vesoc:hasOperator ?value }
