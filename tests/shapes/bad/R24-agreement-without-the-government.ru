# expects: vs:agreement-signed-on-both-sides sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - akk:proef

DELETE WHERE { ond:proef-mila-test ?property ?object } ;
DELETE WHERE { akk:proef vesoc:hasParty orgn:overheid-van-proefland }
