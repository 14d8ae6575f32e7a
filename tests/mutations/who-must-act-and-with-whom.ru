# VESOC itself, and no longer only the social partners and the government, must hold its talks.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#isResponsibilityOf>
    <https://w3id.org/vesoc-kg/id/organisatie/vesoc> .
}
