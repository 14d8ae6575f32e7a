"""The signatories: who signs which agreement and who is missing, and which roles they have in its measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vesoc.overviews.cells import by, firsts, flag, grouped, linked, number, search, text
from vesoc.overviews.overview import Answers, Cells, Chosen, Overview, Part
from vesoc.overviews.roles import ordered, role
from vesoc.pages.view import View

_ = str  # marks texts for the catalogue


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    rows = answers["signatures"].rows
    agreements = sorted(firsts(rows, "agreement"), key=by("agreed"))
    organisations = [_organisation(view, found, agreements) for found in grouped(rows, by("organisation")).values()]
    return {
        "agreements": [linked(view, row, "agreement", "agreementTitle") for row in agreements],
        "organisations": organisations,
        "totals": [_signatures(rows, row) for row in agreements],
        "missing": [
            (one["name"], cell["agreement"]) for one in organisations for cell in one["cells"] if cell["missing"]
        ],
        **_roles(view, answers["roles"].rows),
    }


def _signatures(rows: Sequence[Cells], agreement: Cells) -> int:
    return len([row for row in rows if row["signature"] and row["agreement"] == agreement["agreement"]])


def _organisation(view: View, rows: Sequence[Cells], agreements: Sequence[Cells]) -> Mapping[str, Any]:
    """A row of the matrix; missing is who signs another agreement and not this one."""
    signs = any(row["signature"] for row in rows)
    found = grouped(rows, by("agreement"))
    cells = [_cell(view, found.get(text(row, "agreement"), []), row, signs) for row in agreements]
    return {"name": linked(view, rows[0], "organisation", "organisationName"), "cells": cells}


def _cell(view: View, rows: Sequence[Cells], agreement: Cells, signs: bool) -> Mapping[str, Any]:
    signed = [_signature(view, row) for row in rows if row["signature"]]
    return {
        "agreement": linked(view, agreement, "agreement", "agreementTitle"),
        "party": any(flag(row, "party") for row in rows),
        "signatures": signed,
        "missing": signs and not signed,
    }


def _signature(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "signature", "printedAs"),
        "function": text(row, "functionAsPrinted"),
        "passages": view.passages_of(row["signature"]),
    }


def _roles(view: View, rows: Sequence[Cells]) -> Mapping[str, Any]:
    """The counts of measures by organisation, agreement and role, each with the address of the list of them."""
    roles = ordered(rows)
    groups = grouped(rows, lambda row: (text(row, "organisation"), text(row, "agreement")))
    lines = [_line(view, found, roles) for found in groups.values()]
    return {"roles": [role(row) for row in roles], "lines": lines}


def _line(view: View, rows: Sequence[Cells], roles: Sequence[Cells]) -> Mapping[str, Any]:
    found = {text(row, "role"): row for row in rows}
    return {
        "name": linked(view, rows[0], "organisation", "organisationName"),
        "agreement": linked(view, rows[0], "agreement", "agreementTitle"),
        "counts": [_count(view, found.get(text(one, "role"))) for one in roles],
    }


def _count(view: View, row: Cells | None) -> tuple[int, str]:
    if row is None:
        return 0, ""
    facets = {
        name: text(row, column) for name, column in (("agreement",) * 2, ("role",) * 2, ("actor", "organisation"))
    }
    return number(row, "measures"), search(view, **facets)


SIGNATORIES = Overview(
    "signatories",
    _("Who signs, and who is missing"),
    _("Which organisation signs which agreement by whose hand, and which roles the signatories have in its measures."),
    (
        Part("signatures", _("Signatures"), "who-signs-and-who-is-missing"),
        Part("roles", _("Roles of parties and signatories"), "which-roles-do-the-signatories-have"),
    ),
    _show,
)
