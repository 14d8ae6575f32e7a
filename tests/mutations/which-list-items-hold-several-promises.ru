# The lower minimum length of training leave stands in another list item.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1b>
    <https://w3id.org/vesoc-kg/ns#hasEvidence>
    <https://w3id.org/vesoc-kg/id/vindplaats/ahad-s04-1e> .
} ;
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1b>
    <https://w3id.org/vesoc-kg/ns#hasEvidence>
    <https://w3id.org/vesoc-kg/id/vindplaats/ahad-s04-1f> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1b>
    <https://w3id.org/vesoc-kg/ns#hasEvidence>
    <https://w3id.org/vesoc-kg/id/vindplaats/ahad-s04-2> .
}
