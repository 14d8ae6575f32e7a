# The ABVV is a party to the agreement of 2022.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/akkoord/inim>
    <https://w3id.org/vesoc-kg/ns#hasParty>
    <https://w3id.org/vesoc-kg/id/organisatie/abvv> .
}
