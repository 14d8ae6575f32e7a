# expects: vs:measure-named-after-part sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - mtr:proef-1-1-1b

DELETE { mtr:proef-1-1-1b dcterms:isPartOf ?old }
INSERT { mtr:proef-1-1-1b dcterms:isPartOf deel:proef-2 }
WHERE { mtr:proef-1-1-1b dcterms:isPartOf ?old }
