# The trial of the joint right of decision is no longer tied to training leave.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#concernsInstrument>
    <https://w3id.org/vesoc-kg/id/instrument/gemeenschappelijk-initiatiefrecht-vov> .
}
