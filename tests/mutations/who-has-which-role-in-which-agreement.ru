# Le Forem is consulted on the talks in VESOC.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-1-1a>
    <https://w3id.org/vesoc-kg/ns#consults>
    <https://w3id.org/vesoc-kg/id/organisatie/le-forem> .
}
