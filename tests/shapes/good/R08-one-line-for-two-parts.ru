INSERT DATA { bud:proef-01 vesoc:budgetsFor deel:proef-1 , deel:proef-2 ; vesoc:funds mtr:proef-1-1-1b }
