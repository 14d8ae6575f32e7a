# expects: vs:PeriodOfTime-endDate-count sh:MaxCountConstraintComponent per:jaar-2032 dcat:endDate -

INSERT DATA { per:jaar-2032 dcat:endDate "2032-12-30"^^xsd:date }
