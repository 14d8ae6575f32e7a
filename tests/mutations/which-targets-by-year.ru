# The target for 2024 is 15,000 trajectories and no longer 12,000.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/hoeveelheid/inim-toeleidingen-jaar-2024>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "12000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/hoeveelheid/inim-toeleidingen-jaar-2024>
    <https://w3id.org/vesoc-kg/ns#numericValue>
    "15000"^^<http://www.w3.org/2001/XMLSchema#decimal> .
}
