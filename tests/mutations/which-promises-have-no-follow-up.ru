# The childcare of 2020 is no longer taken up by the agreement of 2022 nor by that of December 2020.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-6-11a-bouwt-voort-op-iab-t1-a-vi-1a>
    <https://w3id.org/vesoc-kg/ns#claims>
    <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-vi-1a> .
} ;
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-3-4-1a-bouwt-voort-op-iab-t1-a-vi-1a>
    <https://w3id.org/vesoc-kg/ns#claims>
    <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-vi-1a> .
}
