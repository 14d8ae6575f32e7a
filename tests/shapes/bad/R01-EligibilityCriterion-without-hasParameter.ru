# expects: vs:EligibilityCriterion-hasParameter-count sh:MinCountConstraintComponent vw:minstens-18 vesoc:hasParameter -

DELETE WHERE { vw:minstens-18 vesoc:hasParameter ?value }
