# The promotion of competences in agreements with sectors is for the sectors instead of VDAB.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-3b>
    <https://w3id.org/vesoc-kg/ns#isResponsibilityOf>
    <https://w3id.org/vesoc-kg/id/organisatie/vdab> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-3b>
    <https://w3id.org/vesoc-kg/ns#isResponsibilityOf>
    <https://w3id.org/vesoc-kg/id/organisatie/sectoren> .
}
