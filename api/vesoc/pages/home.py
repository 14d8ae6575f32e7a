"""The first page: what this is, the agreements, and the ways in."""

from __future__ import annotations

from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages.measures import order
from vesoc.pages.values import Value
from vesoc.pages.view import View

_MOST = 10  # agreements of a large store
_AGREEMENTS = """
SELECT ?agreement (SAMPLE(?day) AS ?date) (SAMPLE(?when) AS ?period) (SAMPLE(?sum) AS ?amount) WHERE {
  ?agreement a vesoc:Agreement .
  OPTIONAL { ?agreement vesoc:agreedDuring ?when . ?when dcat:startDate ?day }
  OPTIONAL {
    ?total a vesoc:BudgetTotal ; dcterms:isPartOf ?agreement ; vesoc:amount ?sum .
    FILTER NOT EXISTS { ?total vesoc:hasBudgetCategory ?category }
  }
}
GROUP BY ?agreement
ORDER BY ?date ?agreement
"""
# From the measures upwards, so that each is looked at once, however many agreements there are.
_MEASURES = """
SELECT ?agreement (COUNT(*) AS ?measures) WHERE {
  SELECT DISTINCT ?agreement ?measure WHERE {
    ?measure a vesoc:Measure ; dcterms:isPartOf+ ?agreement .
    ?agreement a vesoc:Agreement .
  }
}
GROUP BY ?agreement
"""
# Questions of the library that show what can be asked.
_QUESTIONS = (
    "what-is-there-for-young-people-not-in-work-or-school",
    "which-promises-run-through-three-agreements",
    "which-promises-depend-on-a-condition",
    "who-is-missing-from-one-agreement",
    "where-do-the-sources-disagree",
)


def home(view: View, *, large: bool = False) -> dict[str, Any]:
    """The agreements by date, with what the first page tells of each; only the first ones of a large store."""
    rows = view.select(f"{_AGREEMENTS} LIMIT {_MOST}" if large else _AGREEMENTS)
    questions = [NamedNode(f"{view.base}id/vraag/{name}") for name in _QUESTIONS]
    numbers = _some(view, rows) if large else _all(view)
    return {
        "agreements": [_agreement(view, row, numbers.get(row["agreement"], 0)) for row in rows],
        "questions": [
            (name, view.link(node).text)
            for name, node in zip(_QUESTIONS, questions, strict=True)
            if view.is_a(node, "sh:SPARQLExecutable")
        ],
    }


def _all(view: View) -> dict[Any, int]:
    """The number of measures of every agreement."""
    return {row["agreement"]: int(row["measures"].value) for row in view.select(_MEASURES)}


def _some(view: View, rows: list[Any]) -> dict[Any, int]:
    """That of some agreements, counted one by one."""
    return {row["agreement"]: len(order(view, row["agreement"])) for row in rows}


def _agreement(view: View, row: Any, measures: int) -> dict[str, Any]:
    node = row["agreement"]
    return {
        "link": view.link(node),
        "period": view.link(row["period"]) if row["period"] else None,
        "description": view.text(node, "dcterms:description"),
        "measures": measures,
        "amount": row["amount"].value if row["amount"] else None,
        "other_name": _other_name(view, node),
    }


def _other_name(view: View, node: Any) -> Value | None:
    """The title in Dutch, which is the official one, for those who read another language."""
    titles = [title for title in view.values(node, "dcterms:title") if title.language == "nl"]
    return view.value(titles[0]) if titles and view.reader.language != "nl" else None
