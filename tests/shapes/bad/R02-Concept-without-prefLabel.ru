# expects: vs:Concept-prefLabel-missing sh:MinCountConstraintComponent actie:verlengen skos:prefLabel -

DELETE WHERE { actie:verlengen skos:prefLabel ?value }
