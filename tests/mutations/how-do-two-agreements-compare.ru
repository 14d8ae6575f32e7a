# The evaluation of the joint right of initiative is about entrepreneurship too.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/inim-2-1-2b>
    <http://purl.org/dc/terms/subject>
    <https://w3id.org/vesoc-kg/id/concept/thema/ondernemerschap> .
}
