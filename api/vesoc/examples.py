"""Queries that others are shown first."""

from __future__ import annotations

EXAMPLE = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX vesoc: <https://w3id.org/vesoc-kg/ns#>

SELECT ?instrument ?name (COUNT(?measure) AS ?measures)
WHERE {
  ?measure vesoc:concernsInstrument ?instrument .
  ?instrument skos:prefLabel ?name .
  FILTER(LANG(?name) = "nl")
}
GROUP BY ?instrument ?name
ORDER BY DESC(?measures) ?name
LIMIT 20
"""

SHORT = "SELECT * { ?agreement a <https://w3id.org/vesoc-kg/ns#Agreement> }"
