# The minimum length after the change is 8 hours and no longer 16.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/hoeveelheid/ahad-s04-1b-na>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "16"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/hoeveelheid/ahad-s04-1b-na>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "8"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}
