# expects: vs:PeriodOfTime-label-missing sh:MinCountConstraintComponent per:jaar-2032 rdfs:label -

DELETE WHERE { per:jaar-2032 rdfs:label ?value }
