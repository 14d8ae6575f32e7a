"""The actors: which organisation has which role in how many measures, and the measures of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pyoxigraph import NamedNode

from vesoc.overviews.cells import by, grouped, linked, number, search, sums, text
from vesoc.overviews.overview import Answer, Answers, Cells, Choice, Chosen, Overview, Part
from vesoc.overviews.roles import ordered, role
from vesoc.pages.view import View

_ = str  # marks texts for the catalogue


def _show(view: View, answers: Answers, chosen: Chosen) -> Mapping[str, Any]:
    return (
        _measures(view, answers["measures"], chosen)
        if "measures" in answers
        else _roles(view, answers["roles"], chosen)
    )


def _roles(view: View, answer: Answer, chosen: Chosen) -> Mapping[str, Any]:
    roles = ordered(answer.rows)
    groups = grouped(answer.rows, by("organisation")).values()
    ranked = sorted(groups, key=lambda rows: -sums(rows, "measures"))
    lines = [_line(view, rows, roles, chosen) for rows in ranked]
    return {"roles": [role(row) for row in roles], "lines": lines}


def _line(view: View, rows: Sequence[Cells], roles: Sequence[Cells], chosen: Chosen) -> Mapping[str, Any]:
    found = {text(row, "role"): row for row in rows}
    name = text(rows[0], "organisation").rsplit("/", 1)[-1]
    return {
        "name": text(rows[0], "organisationName"),
        "href": chosen.address("/actors", organisation=name),
        "kind": text(rows[0], "kindName"),
        "counts": [_count(view, found.get(text(one, "role")), chosen) for one in roles],
    }


def _count(view: View, row: Cells | None, chosen: Chosen) -> tuple[int, str]:
    if row is None:
        return 0, ""
    facets = {"role": text(row, "role"), "actor": text(row, "organisation")}
    return number(row, "measures"), search(view, agreement=chosen.iris.get("agreement", ""), **facets)


def _measures(view: View, answer: Answer, chosen: Chosen) -> Mapping[str, Any]:
    """The measures of the organisation by agreement and role."""
    sections = [
        (linked(view, rows[0], "agreement", "agreementTitle"), _by_role(view, rows))
        for rows in grouped(answer.rows, by("agreement")).values()
    ]
    return {"organisation": view.link(NamedNode(chosen.iris["organisation"])), "sections": sections}


def _by_role(view: View, rows: Sequence[Cells]) -> list[tuple[str, list[Mapping[str, Any]]]]:
    groups = grouped(rows, by("role"))
    return [(role(one), [_measure(view, row) for row in groups[text(one, "role")]]) for one in ordered(rows)]


def _measure(view: View, row: Cells) -> Mapping[str, Any]:
    return {
        "link": linked(view, row, "measure", "title"),
        "passages": view.passages_of(row["measure"]),
        "status": text(row, "statusName"),
        "partners": text(row, "partners"),
        "consulted": text(row, "consulted"),
    }


ACTORS = Overview(
    "actors",
    _("Who must act"),
    _("Which organisation binds itself, is responsible, takes part, is consulted or asked, and in how many measures."),
    (
        Part("roles", _("Roles of organisations"), "who-has-which-role-in-which-agreement", unless=("organisation",)),
        Part(
            "measures",
            _("Measures of the organisation"),
            "what-must-this-organisation-do-and-with-whom",
            ("organisation",),
        ),
    ),
    _show,
    (
        Choice("agreement", _("Agreement"), "agreement", "id/akkoord/", "vesoc:Agreement"),
        Choice("organisation", _("Organisation"), "organisation", "id/organisatie/", "org:Organization"),
    ),
)
