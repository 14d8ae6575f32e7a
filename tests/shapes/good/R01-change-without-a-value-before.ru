DELETE WHERE { wijz:proef-1-1-1a vesoc:valueBefore ?quantity . ?quantity ?property ?object } ;
INSERT DATA {
  mtr:proef-1-1-1b vesoc:makesChange wijz:proef-1-1-1b .
  wijz:proef-1-1-1b a vesoc:InstrumentChange ; vesoc:changesInstrument ins:proefcheque ;
    vesoc:hasParameter kenmerk:duur ; vesoc:hasEvidence vind:proef-1-1-1b ;
    vesoc:valueBefore hvh:proef-1-1-1b-voor ; vesoc:valueAfter hvh:proef-1-1-1b-na .
  hvh:proef-1-1-1b-voor a vesoc:Quantity ; vesoc:numericValue 1.0 ; vesoc:hasUnit eenheid:uur .
  hvh:proef-1-1-1b-na a vesoc:Quantity ; vesoc:numericValue 2.5 ; vesoc:hasUnit eenheid:uur .
}
