# expects: vs:InstrumentChange-valueBefore-count sh:MaxCountConstraintComponent wijz:proef-1-1-1a vesoc:valueBefore -

INSERT DATA {
  hvh:tweede a vesoc:Quantity ; vesoc:numericValue 40.0 ; vesoc:hasUnit eenheid:uur .
  wijz:proef-1-1-1a vesoc:valueBefore hvh:tweede .
}
