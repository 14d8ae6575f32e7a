# expects: vs:evaluateBy-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:evaluateBy bron:krant

DELETE { mtr:proef-1-1-1a vesoc:evaluateBy ?old }
INSERT { mtr:proef-1-1-1a vesoc:evaluateBy bron:krant }
WHERE { mtr:proef-1-1-1a vesoc:evaluateBy ?old }
