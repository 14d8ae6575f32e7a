# expects: vs:Claim-hasVerdict-count sh:MinCountConstraintComponent bew:datum-volgens-krant vesoc:hasVerdict -

DELETE WHERE { bew:datum-volgens-krant vesoc:hasVerdict ?value }
