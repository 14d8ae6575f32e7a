# expects: vs:TargetGroup-iri-pattern sh:PatternConstraintComponent dg:Fout_werknemers - dg:Fout_werknemers

DELETE { dg:werknemers ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/doelgroep/Fout_werknemers> ?p ?o }
WHERE { dg:werknemers ?p ?o } ;
DELETE { ?s ?p dg:werknemers }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/doelgroep/Fout_werknemers> }
WHERE { ?s ?p dg:werknemers }
