# The joint right of initiative goes on for good.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#hasDurability>
    <https://w3id.org/vesoc-kg/id/concept/duurzaamheid/tijdelijk> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#hasDurability>
    <https://w3id.org/vesoc-kg/id/concept/duurzaamheid/structureel> .
}
