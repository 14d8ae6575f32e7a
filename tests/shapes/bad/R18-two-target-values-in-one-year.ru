# expects: vs:one-target-value-per-period sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - doel:proef-deelname

DELETE { hvh:proef-deelname-2032 vesoc:appliesDuring ?old }
INSERT { hvh:proef-deelname-2032 vesoc:appliesDuring per:jaar-2031 }
WHERE { hvh:proef-deelname-2032 vesoc:appliesDuring ?old }
