# The passage on 16 instead of 32 hours begins one character earlier.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/vindplaats/ahad-s04-1f#bereik>
    <http://www.w3.org/ns/oa#start>
    "22477"^^<http://www.w3.org/2001/XMLSchema#integer> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/vindplaats/ahad-s04-1f#bereik>
    <http://www.w3.org/ns/oa#start>
    "22476"^^<http://www.w3.org/2001/XMLSchema#integer> .
}
