# The childcare of 2022 no longer goes on from that of December 2020.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-3-4-1a-breidt-uit-ahad-6-11a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-3-4-1a-breidt-uit-ahad-6-11a>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/niet-in-bron> .
}
