# expects: vs:EligibilityCriterion-hasEvidence-count sh:MinCountConstraintComponent vw:minstens-18 vesoc:hasEvidence -

DELETE WHERE { vw:minstens-18 vesoc:hasEvidence ?value }
