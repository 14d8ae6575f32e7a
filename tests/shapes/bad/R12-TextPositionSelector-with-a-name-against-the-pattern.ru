# expects: vs:TextPositionSelector-iri-pattern sh:PatternConstraintComponent <https://w3id.org/vesoc-kg/id/vindplaats/los#stuk> - <https://w3id.org/vesoc-kg/id/vindplaats/los#stuk>

INSERT DATA {
  <https://w3id.org/vesoc-kg/id/vindplaats/los#stuk> a oa:TextPositionSelector ;
    oa:start 1 ; oa:end 2 .
}
