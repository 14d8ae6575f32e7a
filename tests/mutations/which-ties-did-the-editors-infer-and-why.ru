# That childcare goes on from 2020 to 2022 is stated instead of inferred.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-3-4-1a-breidt-uit-ahad-6-11a>
    <https://w3id.org/vesoc-kg/ns#hasBasis>
    <https://w3id.org/vesoc-kg/id/concept/basis/afgeleid> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-3-4-1a-breidt-uit-ahad-6-11a>
    <https://w3id.org/vesoc-kg/ns#hasBasis>
    <https://w3id.org/vesoc-kg/id/concept/basis/vermeld> .
}
