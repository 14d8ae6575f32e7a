# expects: vs:line-counts-in-a-total sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bud:proef-02

DELETE WHERE { btot:proef-dingen ?property ?object }
