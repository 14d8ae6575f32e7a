INSERT DATA {
  organisatiesoort:sociale-partners a skos:Concept ; skos:inScheme cs:organisatiesoort ;
    skos:topConceptOf cs:organisatiesoort ; skos:prefLabel "sociale partners"@nl , "social partners"@en .
  orgn:sociale-partners a org:Organization ; dcterms:type organisatiesoort:sociale-partners ;
    skos:prefLabel "sociale partners"@nl , "social partners"@en ; vesoc:hasEvidence vind:proef-1 .
  akk:proef vesoc:hasParty orgn:sociale-partners .
} ;
DELETE WHERE { akk:proef vesoc:hasParty orgn:werkbond }
