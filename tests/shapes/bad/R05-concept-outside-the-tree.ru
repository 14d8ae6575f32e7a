# expects: vs:concept-in-the-tree sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - actie:verlengen

DELETE WHERE { actie:verlengen skos:topConceptOf ?scheme }
