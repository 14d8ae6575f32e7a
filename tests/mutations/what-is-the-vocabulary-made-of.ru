# One more agreement part is a measure.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/deel/ahad-s06>
    a
    <https://w3id.org/vesoc-kg/ns#Measure> .
}
