# expects: vs:signatory-is-a-party sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - ond:proef-noor-probeer

DELETE WHERE { akk:proef vesoc:hasParty orgn:werkbond }
