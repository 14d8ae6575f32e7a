# The premium stays open to jobseekers over 40 and no longer over 45.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/ouder-dan-45-jaar>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "45"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/ouder-dan-45-jaar>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "40"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}
