# expects: vs:concept-is-used sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:meten

INSERT DATA { actie:meten a skos:Concept ; skos:inScheme cs:actie ; skos:topConceptOf cs:actie ;
  skos:prefLabel "meten"@nl , "measure"@en }
