# expects: vs:description-languages sh:MinCountConstraintComponent mtr:proef-1-1-1a dcterms:description -

DELETE { mtr:proef-1-1-1a dcterms:description ?text }
WHERE { mtr:proef-1-1-1a dcterms:description ?text FILTER (LANG(?text) = "en") }
