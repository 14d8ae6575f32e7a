"""The commitments: how many of each agreement are decided, intended, to be studied, and who must do what by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from vesoc.catalogues import translation
from vesoc.charts.bars import Bar, Names, Piece, bars
from vesoc.overviews.cells import by, grouped, linked, number, search, sums, text
from vesoc.overviews.overview import Answers, Cells, Choice, Chosen, Overview, Part
from vesoc.pages.view import View

_ = str  # marks texts for the catalogue


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    rows = answers["statuses"].rows
    agreements = grouped(rows, by("agreement"))
    statuses = sorted(grouped(rows, by("status")).values(), key=lambda found: -sums(found, "measures"))
    columns = [{text(row, "status"): row for row in found} for found in agreements.values()]
    return {
        "agreements": [linked(view, found[0], "agreement", "agreementTitle") for found in agreements.values()],
        "totals": [(sums(found, "measures"), sums(found, "conditional")) for found in agreements.values()],
        "statuses": [_status(view, found[0], columns) for found in statuses],
        "chart": _chart(view, list(agreements.values()), [found[0] for found in statuses]) if rows else None,
        "dated": [_dated(view, row) for row in answers["dated"].rows],
    }


def _status(view: View, first: Cells, columns: Sequence[Mapping[str, Cells]]) -> Mapping[str, Any]:
    status = text(first, "status")
    counts = [_count(view, column.get(status), column) for column in columns]
    return {"name": linked(view, first, "status", "statusName"), "counts": counts}


def _count(view: View, row: Cells | None, column: Mapping[str, Cells]) -> Mapping[str, Any]:
    """How many there are, where to see them, their share in per cent of the agreement, and those with a condition."""
    if row is None:
        return {"number": 0}
    return {
        "number": number(row, "measures"),
        "href": search(view, agreement=text(row, "agreement"), status=text(row, "status")),
        "share": round(100 * number(row, "measures") / (sums(list(column.values()), "measures") or 1), 1),
        "conditional": number(row, "conditional"),
    }


def _chart(view: View, agreements: Sequence[Sequence[Cells]], statuses: Sequence[Cells]) -> Markup:
    say = translation(view.reader.language).gettext
    order = [text(row, "status") for row in statuses]
    rows = [
        Bar(text(found[0], "agreementTitle"), [_piece(row, order) for row in sorted(found, key=_place(order))])
        for found in agreements
    ]
    told = say(_("A bar for each agreement, with a piece for each status; the table below has the same numbers."))
    names = Names("commitments", say(_("Measures by status")), told)
    return bars(names, rows, [text(row, "statusName") for row in statuses])


def _place(order: Sequence[str]) -> Any:
    return lambda row: order.index(text(row, "status"))


def _piece(row: Cells, order: Sequence[str]) -> Piece:
    label = f"{text(row, 'agreementTitle')}, {text(row, 'statusName')}: {number(row, 'measures')}"
    return Piece(number(row, "measures"), label, order.index(text(row, "status")))


def _dated(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "measure", "title"),
        "passages": view.passages_of(row["measure"]),
        "agreement": linked(view, row, "agreement", "agreementTitle"),
        "status": text(row, "statusName"),
        "evaluation": text(row, "dated").endswith("#evaluateBy"),
        "from": text(row, "from"),
        "until": text(row, "until"),
        "period": text(row, "periodName"),
        "organisations": text(row, "organisations"),
    }


COMMITMENTS = Overview(
    "commitments",
    _("Commitments by status"),
    _("How firm the promises of each agreement are, which depend on a condition, and who must do what by when."),
    (
        Part("statuses", _("Measures by status"), "how-many-promises-have-which-status"),
        Part("dated", _("Who must do what by when"), "who-must-do-what-by-when"),
    ),
    _show,
    (Choice("agreement", _("Agreement"), "agreement", "id/akkoord/", "vesoc:Agreement"),),
)
