# expects: vs:numericValue-datatype sh:DatatypeConstraintComponent vw:minstens-18 vesoc:numericValue "18"^^<http://www.w3.org/2001/XMLSchema#integer>

DELETE { vw:minstens-18 vesoc:numericValue ?old }
INSERT { vw:minstens-18 vesoc:numericValue "18"^^xsd:integer }
WHERE { vw:minstens-18 vesoc:numericValue ?old }
