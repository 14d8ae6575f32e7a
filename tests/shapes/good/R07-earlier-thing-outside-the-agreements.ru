INSERT DATA {
  mtr:proef-1-1-1b vesoc:executes <http://example.org/plan> .
  bew:voert-plan-uit a vesoc:Claim ; vesoc:isAbout mtr:proef-1-1-1b ; vesoc:aboutProperty vesoc:executes ;
    vesoc:claims <http://example.org/plan> ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:proef-1 .
}
