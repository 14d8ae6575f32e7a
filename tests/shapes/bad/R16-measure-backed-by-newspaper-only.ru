# expects: vs:measure-borne-out-by-own-text sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - mtr:proef-1-1-1b

DELETE { mtr:proef-1-1-1b vesoc:hasEvidence ?old }
INSERT { mtr:proef-1-1-1b vesoc:hasEvidence vind:krant-1 }
WHERE { mtr:proef-1-1-1b vesoc:hasEvidence ?old }
