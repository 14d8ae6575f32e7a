# expects: vs:lineage-without-cycle sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ins:proefcheque

INSERT DATA {
  ins:proefcheque vesoc:replaces ins:proefcheque .
  bew:kring a vesoc:Claim ; vesoc:isAbout ins:proefcheque ; vesoc:aboutProperty vesoc:replaces ;
    vesoc:claims ins:proefcheque ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:proef-1 .
}
