# The traineeship bonus is also about digitalisation.
INSERT DATA {
  <https://w3id.org/vesoc-kg/id/maatregel/ahad-s01-4a>
    <http://purl.org/dc/terms/subject>
    <https://w3id.org/vesoc-kg/id/concept/thema/digitalisering> .
}
