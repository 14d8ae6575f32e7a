# expects: vs:Agreement-agreedDuring-count sh:MinCountConstraintComponent akk:proef vesoc:agreedDuring -

DELETE WHERE { akk:proef vesoc:agreedDuring ?value }
