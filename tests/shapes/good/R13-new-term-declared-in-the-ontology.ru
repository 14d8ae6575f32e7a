INSERT DATA {
  vesoc:isOpposedBy a owl:ObjectProperty .
  mtr:proef-1-1-1b vesoc:isOpposedBy orgn:werkbond .
}
