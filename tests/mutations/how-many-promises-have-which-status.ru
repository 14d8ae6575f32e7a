# The talks in VESOC depend on a condition.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#conditionNote>
    "als iedereen meedoet"@nl .
}
