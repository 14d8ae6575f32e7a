INSERT DATA { mtr:proef-1-1-1b vesoc:hasEvidence vind:krant-1 }
