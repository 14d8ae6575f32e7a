# The first paragraph of the foreword is a repetition instead of a description.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/vindplaats/ahad-voorwoord-p1>
    <http://purl.org/dc/terms/type>
    <https://w3id.org/vesoc-kg/id/concept/passagesoort/toestand> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/vindplaats/ahad-voorwoord-p1>
    <http://purl.org/dc/terms/type>
    <https://w3id.org/vesoc-kg/id/concept/passagesoort/herhaling> .
}
