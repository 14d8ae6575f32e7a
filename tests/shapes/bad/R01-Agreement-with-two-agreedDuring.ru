# expects: vs:Agreement-agreedDuring-count sh:MaxCountConstraintComponent akk:proef vesoc:agreedDuring -

INSERT DATA { akk:proef vesoc:agreedDuring per:jaar-2031 }
