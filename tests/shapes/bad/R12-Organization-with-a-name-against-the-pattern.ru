# expects: vs:Organization-iri-pattern sh:PatternConstraintComponent orgn:Fout_werkbond - orgn:Fout_werkbond

DELETE { orgn:werkbond ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/organisatie/Fout_werkbond> ?p ?o }
WHERE { orgn:werkbond ?p ?o } ;
DELETE { ?s ?p orgn:werkbond }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/organisatie/Fout_werkbond> }
WHERE { ?s ?p orgn:werkbond }
