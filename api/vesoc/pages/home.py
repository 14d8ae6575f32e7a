"""The first page: what this is, the agreements, and the ways in."""

from __future__ import annotations

from typing import Any

from vesoc.pages.values import Value
from vesoc.pages.view import View

_AGREEMENTS = """
SELECT ?agreement (SAMPLE(?day) AS ?date) (COUNT(DISTINCT ?measure) AS ?measures) (SAMPLE(?sum) AS ?amount) WHERE {
  ?agreement a vesoc:Agreement .
  OPTIONAL { ?agreement vesoc:agreedDuring/dcat:startDate ?day }
  OPTIONAL { ?measure a vesoc:Measure ; dcterms:isPartOf+ ?agreement }
  OPTIONAL {
    ?total a vesoc:BudgetTotal ; dcterms:isPartOf ?agreement ; vesoc:amount ?sum .
    FILTER NOT EXISTS { ?total vesoc:hasBudgetCategory ?category }
  }
}
GROUP BY ?agreement
ORDER BY ?date ?agreement
"""


def home(view: View) -> dict[str, Any]:
    """The agreements by date, with what the first page tells of each."""
    return {"agreements": [_agreement(view, row) for row in view.select(_AGREEMENTS)]}


def _agreement(view: View, row: Any) -> dict[str, Any]:
    node = row["agreement"]
    return {
        "link": view.link(node),
        "date": row["date"].value if row["date"] else None,
        "description": view.text(node, "dcterms:description"),
        "measures": int(row["measures"].value),
        "amount": row["amount"].value if row["amount"] else None,
        "other_name": _other_name(view, node),
    }


def _other_name(view: View, node: Any) -> Value | None:
    """The title in Dutch, which is the official one, for those who read another language."""
    titles = [title for title in view.values(node, "dcterms:title") if title.language == "nl"]
    return view.value(titles[0]) if titles and view.reader.language != "nl" else None
