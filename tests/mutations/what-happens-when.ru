# The joint right of initiative is to be evaluated by the end of 2021 and no longer of 2023.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#evaluateBy>
    <https://w3id.org/vesoc-kg/id/periode/tot-eind-2023> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#evaluateBy>
    <https://w3id.org/vesoc-kg/id/periode/eind-2021> .
}
