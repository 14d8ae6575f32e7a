# expects: vs:hasTargetValue-class sh:ClassConstraintComponent doel:proef-deelname vesoc:hasTargetValue ins:proefcheque

INSERT DATA { doel:proef-deelname vesoc:hasTargetValue ins:proefcheque }
