# expects: vs:target-value-hasEvidence-count sh:MinCountConstraintComponent hvh:proef-deelname-2031 vesoc:hasEvidence -

DELETE WHERE { hvh:proef-deelname-2031 vesoc:hasEvidence ?evidence }
