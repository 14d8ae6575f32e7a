# The social partners no longer bind themselves to the talks in VESOC.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#isCommitmentOf>
    <https://w3id.org/vesoc-kg/id/organisatie/sociale-partners> .
}
