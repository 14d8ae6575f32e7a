# Supported employment is no longer a top concept but a kind of service.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/concept/instrumentsoort/begeleid-werk>
    <http://www.w3.org/2004/02/skos/core#topConceptOf>
    <https://w3id.org/vesoc-kg/id/conceptscheme/instrumentsoort> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/concept/instrumentsoort/begeleid-werk>
    <http://www.w3.org/2004/02/skos/core#broader>
    <https://w3id.org/vesoc-kg/id/concept/instrumentsoort/dienstverlening> .
}
