# expects: vs:hasParty-class sh:ClassConstraintComponent akk:proef vesoc:hasParty per:jaar-2031

INSERT DATA { akk:proef vesoc:hasParty per:jaar-2031 }
