# Progressive return to work is no longer meant for people who are long ill.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-2-3-2a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/langdurig-zieken> .
}
