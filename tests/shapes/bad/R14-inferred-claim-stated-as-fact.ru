# expects: vs:unaccepted-claim-not-in-graph sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - bew:proef-vervangt-vorig

DELETE { bew:proef-vervangt-vorig vesoc:aboutProperty ?old }
INSERT { bew:proef-vervangt-vorig vesoc:aboutProperty vesoc:concernsInstrument }
WHERE { bew:proef-vervangt-vorig vesoc:aboutProperty ?old } ;
DELETE { bew:proef-vervangt-vorig vesoc:claims ?old }
INSERT { bew:proef-vervangt-vorig vesoc:claims ins:proefcheque }
WHERE { bew:proef-vervangt-vorig vesoc:claims ?old }
