# expects: vs:agreedDuring-class sh:ClassConstraintComponent akk:proef vesoc:agreedDuring bron:krant

DELETE { akk:proef vesoc:agreedDuring ?old }
INSERT { akk:proef vesoc:agreedDuring bron:krant }
WHERE { akk:proef vesoc:agreedDuring ?old }
