# expects: vs:claimed-value-datatype sh:OrConstraintComponent "2029"^^<http://www.w3.org/2001/XMLSchema#gYear> - "2029"^^<http://www.w3.org/2001/XMLSchema#gYear>

DELETE { bew:datum-volgens-krant vesoc:claims ?old }
INSERT { bew:datum-volgens-krant vesoc:claims "2029"^^xsd:gYear }
WHERE { bew:datum-volgens-krant vesoc:claims ?old }
