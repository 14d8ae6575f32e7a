# expects: vs:changesInstrument-class sh:ClassConstraintComponent wijz:proef-1-1-1a vesoc:changesInstrument per:jaar-2031

DELETE { wijz:proef-1-1-1a vesoc:changesInstrument ?old }
INSERT { wijz:proef-1-1-1a vesoc:changesInstrument per:jaar-2031 }
WHERE { wijz:proef-1-1-1a vesoc:changesInstrument ?old }
