# The date of April 2021 is accepted.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-datum-volgens-inim>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-datum-volgens-inim>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
}
