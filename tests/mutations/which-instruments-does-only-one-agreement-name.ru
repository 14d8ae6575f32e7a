# The third agreement speaks of temporary unemployment as well.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-1-1-1-1a>
    <https://w3id.org/vesoc-kg/ns#concernsInstrument>
    <https://w3id.org/vesoc-kg/id/instrument/tijdelijke-werkloosheid> .
}
