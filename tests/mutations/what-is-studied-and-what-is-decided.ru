# The study of a stronger lump sum for employers becomes a decision.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1d>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/te-onderzoeken> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1d>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/beslist> .
}
