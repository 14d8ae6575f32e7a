# The tie between the social economy of 2022 and that of 2020 is no longer accepted.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-1-5-6a-bouwt-voort-op-iab-t1-a-xi-1a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-1-5-6a-bouwt-voort-op-iab-t1-a-xi-1a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
}
