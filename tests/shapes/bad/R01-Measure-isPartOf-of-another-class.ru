# expects: vs:Measure-isPartOf-class sh:ClassConstraintComponent mtr:proef-1-1-1a dcterms:isPartOf per:jaar-2031

DELETE { mtr:proef-1-1-1a dcterms:isPartOf ?old }
INSERT { mtr:proef-1-1-1a dcterms:isPartOf per:jaar-2031 }
WHERE { mtr:proef-1-1-1a dcterms:isPartOf ?old }
