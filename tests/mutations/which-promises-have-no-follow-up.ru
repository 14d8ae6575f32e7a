# Nothing goes back any more to the promise of better labour market monitoring.
PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>

DELETE { ?claim vesoc:claims ?promise . ?later ?tie ?promise }
WHERE {
  VALUES ?promise { <https://w3id.org/vesoc-kg/id/maatregel/iab-t1-b-iii-1a> }
  { ?claim vesoc:claims ?promise }
  UNION { ?later ?tie ?promise FILTER(?tie IN (vesoc:buildsOn, vesoc:continues, vesoc:extends, vesoc:executes)) }
}
