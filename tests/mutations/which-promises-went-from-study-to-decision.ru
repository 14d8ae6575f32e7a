# The job mobility of 2022 is only talked over, not decided.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-4-2a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/beslist> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-4-2a>
    <https://w3id.org/vesoc-kg/ns#hasStatedStatus>
    <https://w3id.org/vesoc-kg/id/concept/status/te-bespreken> .
}
