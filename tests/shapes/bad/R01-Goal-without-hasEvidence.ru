# expects: vs:Goal-hasEvidence-count sh:MinCountConstraintComponent doel:proef-deelname vesoc:hasEvidence -

DELETE WHERE { doel:proef-deelname vesoc:hasEvidence ?value }
