# expects: vs:numericValue-possible sh:MinInclusiveConstraintComponent vw:minstens-18 vesoc:numericValue "-18"^^<http://www.w3.org/2001/XMLSchema#decimal>

DELETE { vw:minstens-18 vesoc:numericValue ?old }
INSERT { vw:minstens-18 vesoc:numericValue "-18.0"^^xsd:decimal }
WHERE { vw:minstens-18 vesoc:numericValue ?old }
