# expects: vs:InstrumentChange-valueAfter-count sh:MaxCountConstraintComponent wijz:proef-1-1-1a vesoc:valueAfter -

INSERT DATA {
  hvh:tweede a vesoc:Quantity ; vesoc:numericValue 40.0 ; vesoc:hasUnit eenheid:uur .
  wijz:proef-1-1-1a vesoc:valueAfter hvh:tweede .
}
