# Full employment gets the figure of the second agreement.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/doelstelling/inim-volledige-tewerkstelling>
    <https://w3id.org/vesoc-kg/ns#hasTargetValue>
    <https://w3id.org/vesoc-kg/id/hoeveelheid/ahad-werkzaamheidsgraad-80-waarde> .
}
