# What Partena gives as the date differs from the text.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-datum-volgens-partena>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/ahad-datum-volgens-partena>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
}
