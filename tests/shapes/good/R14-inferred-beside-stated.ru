INSERT DATA {
  bew:ook-afgeleid a vesoc:Claim ; vesoc:isAbout mtr:proef-1-1-1a ; vesoc:aboutProperty vesoc:extends ;
    vesoc:claims mtr:vorig-1-1a ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:afgeleid ;
    vesoc:hasEvidence vind:proef-1-1-1a ; dcterms:creator orgn:redactie ; dcterms:created "2031-06-01"^^xsd:date ;
    dcterms:description "Beide gaan over verlof."@nl , "Both are about leave."@en .
}
