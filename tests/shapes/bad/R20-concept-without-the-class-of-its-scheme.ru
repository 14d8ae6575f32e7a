# expects: vs:concept-has-the-class-of-its-scheme sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ins:los

INSERT DATA {
  ins:los a skos:Concept ; skos:inScheme cs:instrument ; skos:topConceptOf cs:instrument ; skos:prefLabel "los"@nl , "loose"@en .
  ins:proefverlof rdfs:seeAlso ins:los .
}
