"""The disagreements: where a source says something else than the text of the agreement, with the passages of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vesoc.overviews.cells import by, grouped, linked, text
from vesoc.overviews.overview import Answers, Cells, Choice, Chosen, Overview, Part
from vesoc.pages.view import View

_ = str  # marks texts for the catalogue
_VERDICTS = ("wijkt-af", "niet-in-bron", "vult-aan", "minder-precies")


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    rows = answers["claims"].rows
    found = grouped(rows, by("verdictName"))
    verdicts = dict(sorted(found.items(), key=lambda group: _weight(view, group[1][0])))
    sources = [
        (linked(view, found[0], "source"), [len(grouped(found, by("verdictName")).get(name, [])) for name in verdicts])
        for found in grouped(rows, by("source")).values()
    ]
    return {
        "verdicts": list(verdicts),
        "sources": sources,
        "groups": [(name, [_entry(view, row) for row in found]) for name, found in verdicts.items()],
        "found": len(rows),
    }


def _weight(view: View, row: Cells) -> int:
    """The place of its verdict: what contradicts the text before what only says less or more."""
    verdict = view.one(row["claim"], "vesoc:hasVerdict")
    name = verdict.value.rpartition("/")[2] if verdict is not None else ""
    return _VERDICTS.index(name) if name in _VERDICTS else len(_VERDICTS)


def _entry(view: View, row: Cells) -> Mapping[str, Any]:
    claim = row["claim"]
    return {
        "claim": view.href(claim.value),
        "about": linked(view, row, "about", "aboutName") if row["about"] else None,
        "aspect": view.links(claim, "vesoc:aboutProperty"),
        "claimed": text(row, "claimed"),
        "source": linked(view, row, "source"),
        "note": text(row, "note"),
        "passages": view.passages_of(claim),
        "compared": view.passages_at(view.values(claim, "vesoc:comparedWith")),
    }


DISAGREEMENTS = Overview(
    "disagreements",
    _("Where the sources disagree"),
    _("Where a text or news item says something else than the agreement, or less precisely, or adds what it lacks."),
    (Part("claims", _("Claims that differ from the text"), "where-do-the-sources-disagree"),),
    _show,
    (
        Choice("source", _("Source"), "source", "id/bron/", "vesoc:SourceDocument"),
        Choice("verdict", _("Verdict"), "verdict", "id/concept/oordeel/", "cs:oordeel"),
    ),
)
