# The promise to reach the potential labour reserve no longer names people on a living wage.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-vii-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/leefloongerechtigden> .
}
