# expects: vs:part-chain-ends-in-agreement sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - deel:proef-2

DELETE { deel:proef-2 dcterms:isPartOf ?whole }
INSERT { deel:proef-2 dcterms:isPartOf deel:proef-2 }
WHERE { deel:proef-2 dcterms:isPartOf ?whole }
