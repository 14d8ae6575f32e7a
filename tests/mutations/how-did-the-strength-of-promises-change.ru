# The longer joint right of initiative is an intention instead of a decision.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/beslist> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/voornemen> .
}
