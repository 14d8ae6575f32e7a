# The federal government is no longer asked for the return-to-work trajectory.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-6-14a>
    <https://w3id.org/vesoc-kg/ns#isRequestedOf>
    <https://w3id.org/vesoc-kg/id/organisatie/federale-overheid> .
}
