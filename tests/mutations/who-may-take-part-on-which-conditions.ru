# The limit for small firms is at least 50 workers and no longer at most 50.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/hoogstens-50-werknemers>
    <https://w3id.org/vesoc-kg/ns#hasOperator>
    <https://w3id.org/vesoc-kg/id/concept/vergelijking/hoogstens> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/voorwaarde/hoogstens-50-werknemers>
    <https://w3id.org/vesoc-kg/ns#hasOperator>
    <https://w3id.org/vesoc-kg/id/concept/vergelijking/minstens> .
}
