# expects: vs:broader-without-cycle sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ins:leren

DELETE { ins:leren skos:topConceptOf ?scheme }
INSERT { ins:leren skos:broader ins:leren }
WHERE { ins:leren skos:topConceptOf ?scheme }
