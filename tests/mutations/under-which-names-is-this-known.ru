# The joint right of initiative is also met as the shared right of choice.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/instrument/gemeenschappelijk-initiatiefrecht-vov>
    <http://www.w3.org/2004/02/skos/core#altLabel>
    "gedeeld keuzerecht bij opleiding"@nl .
}
