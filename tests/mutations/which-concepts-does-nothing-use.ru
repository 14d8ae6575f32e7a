# The talks in VESOC come to an end.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#hasActionKind>
    <https://w3id.org/vesoc-kg/id/concept/actie/stopzetten> .
}
