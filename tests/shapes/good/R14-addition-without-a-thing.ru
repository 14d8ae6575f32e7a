INSERT DATA {
  bew:krant-vult-aan a vesoc:Claim ; vesoc:hasVerdict oordeel:zelfde ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:krant-1 ; dcterms:description "Iets nieuws."@nl , "Something new."@en .
}
