# The retention premium is decided and no longer studied.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-5-4b>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/te-onderzoeken> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-5-4b>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/beslist> .
}
