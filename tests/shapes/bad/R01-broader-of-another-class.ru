# expects: vs:broader-class sh:ClassConstraintComponent ins:proefcheque skos:broader per:jaar-2031

INSERT DATA { ins:proefcheque skos:broader per:jaar-2031 }
