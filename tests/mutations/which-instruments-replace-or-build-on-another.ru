# The editors no longer hold it as accepted that the contribution cut replaces the hiring incentive.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/rsz-korting-langdurig-niet-actief-vervangt-aanwervingsincentive>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/aanvaard> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/rsz-korting-langdurig-niet-actief-vervangt-aanwervingsincentive>
    <https://w3id.org/vesoc-kg/ns#hasVerdict>
    <https://w3id.org/vesoc-kg/id/concept/oordeel/wijkt-af> .
}
