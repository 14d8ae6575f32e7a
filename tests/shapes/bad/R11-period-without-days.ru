# expects: vs:period-has-a-side sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - per:ooit

INSERT DATA {
  per:ooit a dcterms:PeriodOfTime , time:ProperInterval ;
    rdfs:label "ooit"@nl , "some day"@en .
}
