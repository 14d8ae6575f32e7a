# The trial with the joint right of decision ran a school year earlier.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#appliesDuring>
    <https://w3id.org/vesoc-kg/id/periode/schooljaar-2021-2022> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#appliesDuring>
    <https://w3id.org/vesoc-kg/id/periode/schooljaar-2020-2021> .
}
