# expects: vs:target-value-fits-indicator sh:SPARQLConstraintComponent <https://w3id.org/vesoc-kg/ns> - doel:proef-deelname

INSERT DATA {
  vesoc:hasUnit schema:domainIncludes vesoc:Indicator .
  indi:deelname vesoc:hasUnit eenheid:uur .
}
