# expects: vs:accepted-claim-stands-in-graph sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bew:x

INSERT DATA { bew:x a vesoc:Claim ; vesoc:isAbout akk:vorig ; vesoc:aboutProperty vesoc:agreedDuring ;
  vesoc:claims per:jaar-2031 ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:vermeld ;
  vesoc:hasEvidence vind:vorig-1 }
