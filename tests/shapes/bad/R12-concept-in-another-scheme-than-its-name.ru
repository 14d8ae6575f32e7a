# expects: vs:concept-named-after-scheme sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:los

INSERT DATA {
  actie:los a skos:Concept ; skos:inScheme cs:thema ; skos:topConceptOf cs:thema ;
    skos:prefLabel "los"@nl , "loose"@en .
  thema:leren skos:related actie:los .
}
