# The second agreement already speaks of a retention premium.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1d>
    <https://w3id.org/vesoc-kg/ns#concernsInstrument>
    <https://w3id.org/vesoc-kg/id/instrument/retentiepremie> .
}
