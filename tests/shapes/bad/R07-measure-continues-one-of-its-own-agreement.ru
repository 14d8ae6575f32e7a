# expects: vs:lineage-points-back sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> vesoc:continues mtr:proef-1-1-1b

INSERT DATA {
  mtr:proef-1-1-1b vesoc:continues mtr:proef-1-1-1a .
  bew:zelf a vesoc:Claim ; vesoc:isAbout mtr:proef-1-1-1b ; vesoc:aboutProperty vesoc:continues ;
    vesoc:claims mtr:proef-1-1-1a ; vesoc:hasVerdict oordeel:aanvaard ; vesoc:hasBasis basis:vermeld ;
    vesoc:hasEvidence vind:proef-1 .
}
