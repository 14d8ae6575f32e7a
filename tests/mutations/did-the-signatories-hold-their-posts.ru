# Jan Jambon signs the agreement of 2022 as Minister-President with his post of before May 2021.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/ondertekening/inim-jan-jambon>
    <https://w3id.org/vesoc-kg/ns#inCapacityOf>
    <https://w3id.org/vesoc-kg/id/functie/jan-jambon-minister-president-2022-05-18> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/ondertekening/inim-jan-jambon>
    <https://w3id.org/vesoc-kg/ns#inCapacityOf>
    <https://w3id.org/vesoc-kg/id/functie/jan-jambon-minister-president-2019-10-02> .
}
