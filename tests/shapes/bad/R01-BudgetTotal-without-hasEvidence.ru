# expects: vs:BudgetTotal-hasEvidence-count sh:MinCountConstraintComponent btot:proef-mensen vesoc:hasEvidence -

DELETE WHERE { btot:proef-mensen vesoc:hasEvidence ?value }
