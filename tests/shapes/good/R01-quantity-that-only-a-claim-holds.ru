INSERT DATA {
  bew:uren-volgens-krant a vesoc:Claim ; vesoc:isAbout wijz:proef-1-1-1a ; vesoc:aboutProperty vesoc:valueAfter ;
    vesoc:claims hvh:krant-uren ; vesoc:hasVerdict oordeel:wijkt-af ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:krant-1 .
  hvh:krant-uren a vesoc:Quantity ; vesoc:numericValue 20.0 ; vesoc:hasUnit eenheid:uur .
}
