# expects: vs:Instrument-iri-pattern sh:PatternConstraintComponent ins:Fout_proefverlof - ins:Fout_proefverlof

DELETE { ins:proefverlof ?p ?o }
INSERT { <https://w3id.org/vesoc-kg/id/instrument/Fout_proefverlof> ?p ?o }
WHERE { ins:proefverlof ?p ?o } ;
DELETE { ?s ?p ins:proefverlof }
INSERT { ?s ?p <https://w3id.org/vesoc-kg/id/instrument/Fout_proefverlof> }
WHERE { ?s ?p ins:proefverlof }
