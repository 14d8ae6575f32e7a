# Flow within the social economy no longer goes back to the promise of February 2020.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-s18-2b-bouwt-voort-op-iab-t1-a-xi-1a>
    <https://w3id.org/vesoc-kg/ns#claims>
    <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-xi-1a> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-s18-2b-bouwt-voort-op-iab-t1-a-xi-1a>
    <https://w3id.org/vesoc-kg/ns#claims>
    <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-viii-1a> .
}
