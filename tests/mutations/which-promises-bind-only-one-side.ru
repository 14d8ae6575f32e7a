# The talks in VESOC bind the government only.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#isCommitmentOf>
    <https://w3id.org/vesoc-kg/id/organisatie/sociale-partners> .
}
