# Jo Brouns signs the agreement of 2022 for VOKA.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/ondertekening/inim-jo-brouns>
    <https://w3id.org/vesoc-kg/ns#onBehalfOf>
    <https://w3id.org/vesoc-kg/id/organisatie/vlaamse-regering> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/ondertekening/inim-jo-brouns>
    <https://w3id.org/vesoc-kg/ns#onBehalfOf>
    <https://w3id.org/vesoc-kg/id/organisatie/voka> .
}
