# Childcare is also met as leave for training with care.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/instrument/kinderopvang>
    <http://www.w3.org/2004/02/skos/core#altLabel>
    "VOV met opvang"@nl .
}
