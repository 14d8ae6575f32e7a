# expects: vs:Measure-iri-pattern sh:PatternConstraintComponent mtr:proef-1-1-2 - mtr:proef-1-1-2

DELETE { mtr:proef-1-1-1b ?p ?o }
INSERT { mtr:proef-1-1-2 ?p ?o }
WHERE { mtr:proef-1-1-1b ?p ?o } ;
DELETE { ?s ?p mtr:proef-1-1-1b }
INSERT { ?s ?p mtr:proef-1-1-2 }
WHERE { ?s ?p mtr:proef-1-1-1b }
