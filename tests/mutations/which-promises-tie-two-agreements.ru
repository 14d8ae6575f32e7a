# The tie between the evaluation and the experiment of the joint right of initiative is no longer accepted.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-2-1-2b-bouwt-voort-op-ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-2-1-2b-bouwt-voort-op-ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
}
