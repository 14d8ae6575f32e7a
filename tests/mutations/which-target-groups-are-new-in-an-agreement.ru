# The second agreement is also meant for asylum seekers with legal stay.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s15-2a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/asielaanvragers-met-legaal-verblijf> .
}
