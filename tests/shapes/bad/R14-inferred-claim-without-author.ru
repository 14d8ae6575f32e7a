# expects: vs:inferred-claim-tells-who-when-why sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bew:proef-vervangt-vorig

DELETE WHERE { bew:proef-vervangt-vorig dcterms:creator ?author }
