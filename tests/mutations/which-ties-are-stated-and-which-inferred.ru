# The editors infer that the hiring premium is replaced, instead of reading it.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/rsz-korting-langdurig-niet-actief-vervangt-aanwervingsincentive>
    <https://w3id.org/vesoc-kg/ns#hasBasis>
    <https://w3id.org/vesoc-kg/id/concept/basis/vermeld> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/rsz-korting-langdurig-niet-actief-vervangt-aanwervingsincentive>
    <https://w3id.org/vesoc-kg/ns#hasBasis>
    <https://w3id.org/vesoc-kg/id/concept/basis/afgeleid> .
}
