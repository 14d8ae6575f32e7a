# The study of a stronger lump sum rests on one passage more, that of the next list item.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1d>
    <https://w3id.org/vesoc-kg/ns#hasEvidence>
    <https://w3id.org/vesoc-kg/id/vindplaats/ahad-bijlage-s04-1> .
}
