# expects: vs:Organization-prefLabel-missing sh:MinCountConstraintComponent orgn:werkbond skos:prefLabel -

DELETE WHERE { orgn:werkbond skos:prefLabel ?value }
