# The talks in VESOC are to be evaluated by the end of 2021.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#evaluateBy>
    <https://w3id.org/vesoc-kg/id/periode/eind-2021> .
}
