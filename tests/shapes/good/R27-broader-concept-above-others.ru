INSERT DATA {
  actie:wijzigen a skos:Concept ; skos:inScheme cs:actie ; skos:topConceptOf cs:actie ;
    skos:prefLabel "wijzigen"@nl , "change"@en .
  actie:verkorten a skos:Concept ; skos:inScheme cs:actie ; skos:broader actie:wijzigen ;
    skos:prefLabel "verkorten"@nl , "shorten"@en .
  mtr:proef-1-1-1b vesoc:hasActionKind actie:verkorten .
}
