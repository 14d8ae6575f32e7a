# The vocational route becomes a route for early school leavers.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-2-2-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/neet-jongeren> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-2-2-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/vroegtijdige-schoolverlaters> .
}
