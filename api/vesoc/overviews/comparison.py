"""The comparison of two agreements: what both are about, what only one of them, and which promises are tied."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup
from pyoxigraph import NamedNode

from vesoc.catalogues import translation
from vesoc.charts.bars import Bar, Names, Piece, bars
from vesoc.overviews.cells import by, grouped, linked, number, search, text
from vesoc.overviews.overview import Answer, Answers, Cells, Choice, Chosen, Overview, Part
from vesoc.pages.view import View

_ = str  # marks texts for the catalogue
_BY = MappingProxyType(
    {
        "theme": ("dcterms:subject", _("Theme")),
        "group": ("vesoc:hasTargetGroup", _("Target group")),
        "instrument": ("vesoc:concernsInstrument", _("Instrument")),
    }
)
_STANDINGS = MappingProxyType({"both": _("In both"), "a": _("Only in %(title)s"), "b": _("Only in %(title)s")})
_DRAWN = 15  # subjects of the chart
_LISTED = 60  # measures of one side
_TOLD = 40  # ties on the page


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    titles = {side: view.labels.of(_node(view, chosen, side)) for side in ("a", "b")}
    shared = {"titles": titles, "by_label": _BY[chosen.get("by")][1], **_ties(view, answers["ties"], chosen)}
    if chosen.get("subject"):
        return {**shared, **_measures(view, answers["measures"], chosen)}
    return {**shared, **_subjects(view, answers["subjects"], chosen, titles)}


def _node(view: View, chosen: Chosen, name: str) -> Any:
    return NamedNode(chosen.iris[name])


def _subjects(view: View, answer: Answer, chosen: Chosen, titles: Mapping[str, str]) -> Mapping[str, Any]:
    groups = grouped(answer.rows, _standing)
    say = translation(view.reader.language).gettext
    sections = [
        (name, say(_STANDINGS[name]) % {"title": titles.get(name, "")}, [_subject(view, row, chosen) for row in rows])
        for name in _STANDINGS
        if (rows := groups.get(name))
    ]
    return {"sections": sections, "chart": _chart(view, answer.rows, chosen, titles), "drawn": _DRAWN}


def _standing(row: Cells) -> str:
    if number(row, "inA") and number(row, "inB"):
        return "both"
    return "a" if number(row, "inA") else "b"


def _subject(view: View, row: Cells, chosen: Chosen) -> Mapping[str, Any]:
    path = row["subject"].value.removeprefix(f"{view.base}id/")
    counts = {name: number(row, name) for name in ("inA", "inB", "tiedA", "tiedB")}
    return {"name": text(row, "subjectName"), "href": chosen.address("/compare", subject=path), **counts}


def _chart(view: View, rows: Sequence[Cells], chosen: Chosen, titles: Mapping[str, str]) -> Markup | None:
    say = translation(view.reader.language).gettext
    drawn = [
        Bar(
            text(row, "subjectName"),
            [_piece(row, place, name, title) for place, (name, title) in enumerate(_sides(titles))],
            f"{number(row, 'inA')} + {number(row, 'inB')}",
        )
        for row in rows[:_DRAWN]
    ]
    title = say(_("Measures of both agreements"))
    told = say(_("A bar for each subject, with a piece for each agreement; the tables below have the same numbers."))
    return bars(Names("subjects", title, told), drawn, list(titles.values())) if drawn else None


def _sides(titles: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("inA", titles["a"]), ("inB", titles["b"])]


def _piece(row: Cells, place: int, name: str, title: str) -> Piece:
    return Piece(number(row, name), f"{text(row, 'subjectName')}, {title}: {number(row, name)}", place)


def _measures(view: View, answer: Answer, chosen: Chosen) -> Mapping[str, Any]:
    groups = grouped(answer.rows, by("agreement"))
    sides = {side: groups.get(chosen.iris[side], []) for side in ("a", "b")}
    shown = {side: [_measure(view, row) for row in rows[:_LISTED]] for side, rows in sides.items()}
    subject = view.link(_node(view, chosen, "subject"))
    facet = {chosen.get("by"): chosen.iris["subject"]}
    return {
        "subject": subject,
        "sides": shown,
        "numbers": {side: len(rows) for side, rows in sides.items()},
        "lists": {side: search(view, agreement=chosen.iris[side], **facet) for side in ("a", "b")},
    }


def _measure(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "measure", "title"),
        "status": text(row, "statusName"),
        "passages": view.passages_of(row["measure"]),
    }


def _ties(view: View, answer: Answer, chosen: Chosen) -> Mapping[str, Any]:
    """The ties: how many of each kind, stated or inferred, and the ties themselves, the rarer kinds first."""
    groups = grouped(answer.rows, by("tieName"))
    rarest = sorted(groups.values(), key=len)
    counts = [(name, grouped(rows, by("basisName")), _changed(rows)) for name, rows in groups.items()]
    rows = [_tie(view, row) for found in rarest for row in found]
    bases = list(grouped(answer.rows, by("basisName")))
    return {"tie_counts": counts, "bases": bases, "ties": rows[:_TOLD], "tied": len(rows)}


def _changed(rows: Sequence[Cells]) -> int:
    """How many of the later promises have another status than the earlier one."""
    return len([row for row in rows if text(row, "earlierStatus") != text(row, "laterStatus")])


def _tie(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "tie": text(row, "tieName"),
        "basis": text(row, "basisName"),
        "later": linked(view, row, "later", "laterTitle"),
        "earlier": linked(view, row, "earlier", "earlierTitle"),
        "statuses": (text(row, "earlierStatus"), text(row, "laterStatus")),
        "claim": view.href(row["claim"].value),
    }


COMPARISON = Overview(
    "compare",
    _("Two agreements side by side"),
    _("What two agreements are both about, what only one of them, and which promises go back to earlier ones."),
    (
        Part(
            "measures",
            _("Measures of both on the subject"),
            "what-do-two-agreements-promise-on-this-subject",
            ("subject",),
        ),
        Part("subjects", _("Subjects of both"), "how-do-two-agreements-compare", unless=("subject",)),
        Part("ties", _("Promises that are tied"), "which-promises-tie-two-agreements"),
    ),
    _show,
    (
        Choice("a", _("One agreement"), "a", "id/akkoord/", "vesoc:Agreement", "ahad"),
        Choice("b", _("The other agreement"), "b", "id/akkoord/", "vesoc:Agreement", "inim"),
        Choice("by", _("Compare by"), "by", default="theme", fixed=_BY),
        Choice("subject", _("Subject"), "subject"),
    ),
    ("a", "b"),
)
