# expects: vs:ConceptScheme-iri-pattern sh:PatternConstraintComponent cs:Fout - cs:Fout

INSERT DATA {
  <https://w3id.org/vesoc-kg/id/conceptscheme/Fout> a skos:ConceptScheme ;
    skos:prefLabel "fout"@nl , "wrong"@en .
}
