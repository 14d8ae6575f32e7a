INSERT DATA {
  doel:proef-uren a vesoc:Goal ; dcterms:isPartOf deel:proef-1 ; dcterms:title "Meer uren"@nl , "More hours"@en ;
    vesoc:hasTargetValue hvh:proef-uren-2031 ; vesoc:hasEvidence vind:proef-1 .
  hvh:proef-uren-2031 a vesoc:Quantity ; vesoc:numericValue 8.0 ; vesoc:hasUnit eenheid:uur ;
    vesoc:appliesDuring per:jaar-2031 ; vesoc:hasEvidence vind:proef-1 .
}
