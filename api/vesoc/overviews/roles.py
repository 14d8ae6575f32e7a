"""The roles that an organisation can have in a measure, in words for people, the strongest first."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from vesoc.overviews.cells import by, firsts, text
from vesoc.overviews.overview import Cells

_ = str  # marks texts for the catalogue
ROLES = MappingProxyType(
    {
        "isCommitmentOf": _("binds itself"),
        "isResponsibilityOf": _("is responsible"),
        "hasPartner": _("takes part"),
        "consults": _("is consulted"),
        "isRequestedOf": _("is asked"),
    }
)


def role(row: Cells) -> str:
    """The word for the role in a row."""
    return ROLES.get(_local(row), text(row, "roleName"))


def ordered(rows: Iterable[Cells]) -> list[Cells]:
    """A row for each role, in the order of the roles."""
    places = list(ROLES)
    found = sorted(firsts(rows, "role"), key=by("role"))
    return sorted(found, key=lambda row: places.index(_local(row)) if _local(row) in places else len(places))


def _local(row: Cells) -> str:
    return text(row, "role").rpartition("#")[2]
