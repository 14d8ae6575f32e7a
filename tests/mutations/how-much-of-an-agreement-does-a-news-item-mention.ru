# A news item that said nothing of digital skills now mentions them.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/bewering/inim-periode-volgens-securex>
    <https://w3id.org/vesoc-kg/ns#isAbout>
    <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-1-4a> .
}
