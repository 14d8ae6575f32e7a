# What the agreement of 2022 says about extra Dutch courses is accepted.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/extra-nt2-in-ahad-volgens-inim>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/extra-nt2-in-ahad-volgens-inim>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
}
