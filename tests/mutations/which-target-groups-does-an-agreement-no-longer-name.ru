# The third agreement is also meant for people who are temporarily unemployed.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-1-1-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/tijdelijk-werklozen> .
}
