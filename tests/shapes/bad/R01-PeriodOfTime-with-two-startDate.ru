# expects: vs:PeriodOfTime-startDate-count sh:MaxCountConstraintComponent per:jaar-2032 dcat:startDate -

INSERT DATA { per:jaar-2032 dcat:startDate "2032-01-02"^^xsd:date }
