# expects: vs:source-fits-its-kind sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bron:los

INSERT DATA {
  bron:los a vesoc:SourceDocument ; dcterms:type bronsoort:primair ;
    dcterms:title "Los blad"@nl , "Loose leaf"@en ; vesoc:characterCount 5 ;
    vesoc:sha256 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" .
}
