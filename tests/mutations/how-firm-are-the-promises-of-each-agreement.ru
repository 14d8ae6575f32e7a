# A decided promise becomes one that is only studied.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/beslist> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/te-onderzoeken> .
}
