# The contribution cut asks at least four years out of work and no longer two.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/minstens-2-jaar-niet-actief>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "2"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/minstens-2-jaar-niet-actief>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "4"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}
