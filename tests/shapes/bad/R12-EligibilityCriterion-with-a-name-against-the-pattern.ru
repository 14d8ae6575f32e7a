# expects: vs:EligibilityCriterion-iri-pattern sh:PatternConstraintComponent vw:Fout_minstens-18 - vw:Fout_minstens-18

DELETE { vw:minstens-18 ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/voorwaarde/Fout_minstens-18> ?p ?o }
WHERE { vw:minstens-18 ?p ?o } ;
DELETE { ?s ?p vw:minstens-18 }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/voorwaarde/Fout_minstens-18> }
WHERE { ?s ?p vw:minstens-18 }
