# expects: vs:BudgetTotal-iri-pattern sh:PatternConstraintComponent btot:Fout_proef-mensen - btot:Fout_proef-mensen

DELETE { btot:proef-mensen ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/budgettotaal/Fout_proef-mensen> ?p ?o }
WHERE { btot:proef-mensen ?p ?o } ;
DELETE { ?s ?p btot:proef-mensen }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/budgettotaal/Fout_proef-mensen> }
WHERE { ?s ?p btot:proef-mensen }
