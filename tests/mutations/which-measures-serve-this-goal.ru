# The promise to reach the potential labour reserve no longer serves the goal.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-vii-1a>
    <https://w3id.org/vesoc-kg/ns#contributesTo>
    <https://w3id.org/vesoc-kg/id/doelstelling/iab-120000-extra-aan-een-job> .
}
