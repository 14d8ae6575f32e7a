# The extra effort is no longer meant for women with a migration background.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-2-8-1a>
    <https://w3id.org/vesoc-kg/ns#hasTargetGroup>
    <https://w3id.org/vesoc-kg/id/doelgroep/vrouwen-met-migratieachtergrond> .
}
