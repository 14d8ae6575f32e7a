# A promise of the first agreement no longer concerns the job bonus.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-a-iv-1b>
    <https://w3id.org/vesoc-kg/ns#concernsInstrument>
    <https://w3id.org/vesoc-kg/id/instrument/jobbonus> .
}
