# Training leave counts as income support and no longer as training.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/instrument/vlaams-opleidingsverlof>
    <http://purl.org/dc/terms/type>
    <https://w3id.org/vesoc-kg/id/concept/instrumentsoort/opleiding> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/instrument/vlaams-opleidingsverlof>
    <http://purl.org/dc/terms/type>
    <https://w3id.org/vesoc-kg/id/concept/instrumentsoort/inkomenssteun> .
}
