# expects: vs:ConceptScheme-prefLabel-missing sh:MinCountConstraintComponent cs:actie skos:prefLabel -

DELETE WHERE { cs:actie skos:prefLabel ?value }
