"""The time line: what falls when, of agreements, measures, changes, goals and the posts of those who sign."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from vesoc.catalogues import translation
from vesoc.charts.bars import Names
from vesoc.charts.timeline import Lane, Period, timeline
from vesoc.overviews.cells import day, firsts, linked, text
from vesoc.overviews.overview import Answers, Cells, Choice, Chosen, Overview, Part
from vesoc.pages.view import View
from vesoc.templating import day as in_full

_ = str  # marks texts for the catalogue
_KINDS = MappingProxyType(
    {
        "agreement": _("Agreements"),
        "measure": _("Measures with a period"),
        "evaluation": _("Evaluations due"),
        "change": _("Changes to instruments"),
        "goal": _("Goals with a target date"),
        "post": _("Posts of those who sign"),
    }
)


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    rows = sorted(answers["dates"].rows, key=_start)
    groups = {kind: found for kind in _KINDS if (found := [row for row in rows if text(row, "kind") == kind])}
    shown = {kind: [_entry(view, row) for row in found] for kind, found in groups.items()}
    return {"kinds": _KINDS, "groups": shown, "chart": _chart(view, groups) if rows else None, "found": len(rows)}


def _start(row: Cells) -> str:
    return text(row, "from") or text(row, "until")


def _entry(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "thing", "title"),
        "passages": view.passages_of(row["thing"]),
        "agreement": linked(view, row, "agreement", "agreementTitle") if row["agreement"] else None,
        "from": text(row, "from"),
        "until": text(row, "until"),
        "period": text(row, "periodName"),
    }


def _chart(view: View, groups: Mapping[str, list[Cells]]) -> Markup:
    say = translation(view.reader.language).gettext
    rows = [row for found in groups.values() for row in found]
    titles = [text(row, "agreementTitle") for row in firsts(rows, "agreement") if row["agreement"]]
    series = [*titles, say(_KINDS["post"])] if "post" in groups else titles
    lanes = [
        Lane(say(_KINDS[kind]), [_period(view, row, series) for row in firsts(found, "thing")])
        for kind, found in groups.items()
    ]
    names = Names("timeline", say(_("Time line")), say(_("Each line is a period; the table below has the same days.")))
    landmarks = [first for row in groups.get("agreement", []) if (first := day(row, "from"))]
    return timeline(names, lanes, series, landmarks)


def _period(view: View, row: Cells, series: list[str]) -> Period:
    place = series.index(text(row, "agreementTitle")) if row["agreement"] else len(series) - 1
    ends = [in_full(end, view.reader.language) if (end := text(row, name)) else "…" for name in ("from", "until")]
    return Period(text(row, "title"), day(row, "from"), day(row, "until"), place, " – ".join(dict.fromkeys(ends)))


TIMELINE = Overview(
    "timeline",
    _("Time line"),
    _("When the agreements were reached, which measures hold when, what is to be evaluated or reached by when."),
    (Part("dates", _("What falls when"), "what-happens-when"),),
    _show,
    (
        Choice("agreement", _("Agreement"), "within", "id/akkoord/", "vesoc:Agreement"),
        Choice("theme", _("Theme"), "theme", "id/concept/thema/", "cs:thema"),
        Choice("instrument", _("Instrument"), "instrument", "id/instrument/", "cs:instrument"),
    ),
)
