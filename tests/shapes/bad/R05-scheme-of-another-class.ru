# expects: vs:inScheme-class sh:ClassConstraintComponent ins:los skos:inScheme per:jaar-2031

INSERT DATA {
  ins:los a skos:Concept ; skos:inScheme per:jaar-2031 ; skos:topConceptOf per:jaar-2031 ;
    skos:prefLabel "los"@nl , "loose"@en .
  ins:proefverlof skos:related ins:los .
}
