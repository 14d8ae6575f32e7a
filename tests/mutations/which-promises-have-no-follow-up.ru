# Nothing goes back any more to the promise of better labour market monitoring.
PREFIX mtr: <https://w3id.org/vesoc-kg/id/maatregel/>
PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>

DELETE { ?claim vesoc:claims mtr:iab-t1-b-iii-1a . ?later ?tie mtr:iab-t1-b-iii-1a }
WHERE {
  { ?claim vesoc:claims mtr:iab-t1-b-iii-1a }
  UNION { ?later ?tie mtr:iab-t1-b-iii-1a FILTER(?tie IN (vesoc:buildsOn, vesoc:continues, vesoc:extends, vesoc:executes)) }
}
