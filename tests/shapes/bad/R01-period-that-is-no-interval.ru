# expects: vs:period-is-interval sh:ClassConstraintComponent per:jaar-2032 - per:jaar-2032

DELETE DATA { per:jaar-2032 a time:ProperInterval }
