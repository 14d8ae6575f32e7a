# The federal government carries out, and is no longer consulted on, the talks about telework.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-6-23a>
    <https://w3id.org/vesoc-kg/ns#consults>
    <https://w3id.org/vesoc-kg/id/organisatie/federale-overheid> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-6-23a>
    <https://w3id.org/vesoc-kg/ns#isResponsibilityOf>
    <https://w3id.org/vesoc-kg/id/organisatie/federale-overheid> .
}
