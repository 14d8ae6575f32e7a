# expects: vs:Claim-hasEvidence-count sh:MinCountConstraintComponent bew:datum-volgens-krant vesoc:hasEvidence -

DELETE WHERE { bew:datum-volgens-krant vesoc:hasEvidence ?value }
