INSERT DATA {
  ins:proefcheque vesoc:replaces ins:proefverlof .
  bew:cheque-vervangt-verlof a vesoc:Claim ; vesoc:isAbout ins:proefcheque ; vesoc:aboutProperty vesoc:replaces ;
    vesoc:claims ins:proefverlof ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:proef-1 .
}
