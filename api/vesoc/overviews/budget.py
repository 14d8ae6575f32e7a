"""The budget: its lines, what they come to, the totals that the text states, and the focus points without money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from vesoc.catalogues import translation
from vesoc.charts.bars import Bar, Names, Piece, bars, single
from vesoc.overviews.cells import by, grouped, linked, number, sums, text
from vesoc.overviews.overview import Answers, Cells, Chosen, Overview, Part
from vesoc.pages.view import View
from vesoc.templating import euro
from vesoc.templating import number as written

_ = str  # marks texts for the catalogue
_MILLION = 1_000_000


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    lines, totals = answers["lines"].rows, answers["totals"].rows
    most = max((number(row, "amount") for row in lines), default=0)
    groups = grouped(lines, by("category"))
    return {
        "chart": _chart(view, groups, totals) if lines else None,
        "totals": [_total(view, row) for row in totals],
        "categories": [_category(view, rows, most) for rows in groups.values()],
        "without": [_part(view, row) for row in answers["without"].rows],
        "lines": len(lines),
        "sum": sums(lines, "amount"),
    }


def _total(view: View, row: Cells) -> Mapping[str, Any]:
    columns = ("lines", "counted", "stated", "difference")
    return {
        "link": linked(view, row, "total", "totalTitle"),
        "passages": view.passages_of(row["total"]),
        **{name: number(row, name) for name in columns},
    }


def _category(view: View, rows: Sequence[Cells], most: int) -> Mapping[str, Any]:
    return {
        "name": linked(view, rows[0], "category", "categoryName"),
        "sum": sums(rows, "amount"),
        "lines": [_line(view, row, most) for row in rows],
    }


def _line(view: View, row: Cells, most: int) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "line", "lineTitle"),
        "passages": view.passages_of(row["line"]),
        "parts": view.links(row["line"], "vesoc:budgetsFor"),
        "bar": single(number(row, "amount"), most),
        **{name: number(row, name) for name in ("amount", "measures")},
    }


def _part(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "number": text(row, "number"),
        "link": linked(view, row, "part", "partTitle"),
        "passages": view.passages_of(row["part"]),
        **{name: number(row, name) for name in ("measures", "decidedMeasures")},
    }


def _chart(view: View, groups: Mapping[str, Sequence[Cells]], totals: Sequence[Cells]) -> Markup:
    """A bar for each category, with a piece for each line and a mark at the total that the text states."""
    language = view.reader.language
    say = translation(language).gettext
    marks = {view.one(row["total"], "vesoc:hasBudgetCategory"): number(row, "stated") for row in totals}
    rows = [_bar(view, found, marks.get(found[0]["category"])) for found in groups.values()]
    rows.append(_whole(view, groups, marks.get(None), say(_("All lines together"))))
    told = say(
        _("A bar for each category, a piece for each line; the upright stroke is the total that the text states.")
    )
    write = partial(_millions, language=language)
    return bars(Names("budget", say(_("The budget in millions of euro")), told, write), rows)


def _bar(view: View, rows: Sequence[Cells], stated: int | None) -> Bar:
    language = view.reader.language
    pieces = [
        Piece(
            number(row, "amount"),
            f"{text(row, 'lineTitle')}: {euro(number(row, 'amount'), language)}",
            place % 2,
            view.href(row["line"].value),
        )
        for place, row in enumerate(rows)
    ]
    return Bar(text(rows[0], "categoryName"), pieces, _told(sums(rows, "amount"), stated, language), stated)


def _whole(view: View, groups: Mapping[str, Sequence[Cells]], stated: int | None, label: str) -> Bar:
    """The bar of all lines, with a piece for each category."""
    language = view.reader.language
    pieces = [
        Piece(amount, f"{text(rows[0], 'categoryName')}: {euro(amount, language)}", place % 2)
        for place, rows in enumerate(groups.values())
        if (amount := sums(rows, "amount"))
    ]
    return Bar(label, pieces, _told(sum(int(piece.value) for piece in pieces), stated, language), stated)


def _told(amount: int, stated: int | None, language: str) -> str:
    """The sum, and what the text states."""
    if stated is None:
        return _millions(amount, language)
    say = translation(language).gettext
    return say(_("%(sum)s; stated %(stated)s")) % {
        "sum": _millions(amount, language),
        "stated": _millions(stated, language),
    }


def _millions(amount: float, language: str) -> str:
    return written(round(amount / _MILLION, 2), language)


BUDGET = Overview(
    "budget",
    _("The budget"),
    _("What each line of the budget sets aside, what the lines come to, and what the text says that they come to."),
    (
        Part("lines", _("Lines of the budget"), "how-is-the-budget-made-up"),
        Part("totals", _("Sums and stated totals"), "does-the-budget-add-up"),
        Part("without", _("Focus points without money"), "which-focus-points-got-no-money"),
    ),
    _show,
)
