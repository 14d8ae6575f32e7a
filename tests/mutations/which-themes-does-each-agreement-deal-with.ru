# The trial with the joint right of decision is about entrepreneurship too.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s04-1a>
    <http://purl.org/dc/terms/subject>
    <https://w3id.org/vesoc-kg/id/concept/thema/ondernemerschap> .
}
