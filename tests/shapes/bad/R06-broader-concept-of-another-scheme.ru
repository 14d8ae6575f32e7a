# expects: vs:broader-in-same-scheme sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:verlengen

DELETE { actie:verlengen skos:topConceptOf ?scheme }
INSERT { actie:verlengen skos:broader status:beslist }
WHERE { actie:verlengen skos:topConceptOf ?scheme }
