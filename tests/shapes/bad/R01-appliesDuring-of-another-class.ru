# expects: vs:appliesDuring-class sh:ClassConstraintComponent mtr:proef-1-1-1a vesoc:appliesDuring bron:krant

DELETE { mtr:proef-1-1-1a vesoc:appliesDuring ?old }
INSERT { mtr:proef-1-1-1a vesoc:appliesDuring bron:krant }
WHERE { mtr:proef-1-1-1a vesoc:appliesDuring ?old }
