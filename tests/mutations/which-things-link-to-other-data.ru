# Training leave has the same meaning as the EuroVoc concept to which it belongs.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/instrument/vlaams-opleidingsverlof>
    <http://www.w3.org/2004/02/skos/core#broadMatch>
    <http://eurovoc.europa.eu/104> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/instrument/vlaams-opleidingsverlof>
    <http://www.w3.org/2004/02/skos/core#exactMatch>
    <http://eurovoc.europa.eu/104> .
}
