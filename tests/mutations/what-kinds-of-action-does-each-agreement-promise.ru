# The trial with the joint right of decision is ended, not introduced.
DELETE DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasActionKind>
    <https://w3id.org/vesoc-kg/id/concept/actie/invoeren> .
} ;
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <https://w3id.org/vesoc-kg/ns#hasActionKind>
    <https://w3id.org/vesoc-kg/id/concept/actie/stopzetten> .
}
