# Another measure is meant for young people not in employment, education or training.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/neet-jongeren> .
}
