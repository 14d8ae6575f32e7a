# expects: vs:Concept-inScheme-count sh:MinCountConstraintComponent actie:los skos:inScheme -

INSERT DATA {
  actie:los a skos:Concept ; 
    skos:prefLabel "los"@nl , "loose"@en .
}
