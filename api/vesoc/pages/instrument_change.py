"""The page of a change to an instrument: which characteristic goes from what to what, by which measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyoxigraph import NamedNode

from vesoc.pages import claims
from vesoc.pages.changes import change
from vesoc.pages.criterion import criteria
from vesoc.pages.kind import Kind
from vesoc.pages.measures import summaries
from vesoc.pages.values import Statement
from vesoc.pages.view import View


def sections(view: View, node: NamedNode) -> Mapping[str, Any]:
    """What the page of a change shows beside what every page does."""
    own, found = view.passages_of(node), change(view, node)
    return {
        "own": own,
        "change": found,
        "measures": summaries(view, found.measures),
        "criteria": criteria(view, view.values(node, "vesoc:hasCriterion")),
        "groups": [Statement(one, own) for one in view.links(node, "vesoc:hasTargetGroup")],
        "claims": claims.about(view, [node]),
    }


INSTRUMENT_CHANGE = Kind(
    "things/instrument_change.html",
    sections,
    elsewhere=(
        "rdf:type",
        "vesoc:changesInstrument",
        "vesoc:hasParameter",
        "vesoc:valueBefore",
        "vesoc:valueAfter",
        "vesoc:appliesDuring",
        "vesoc:hasCriterion",
        "vesoc:hasTargetGroup",
    ),
    quiet=("vesoc:makesChange", "vesoc:isAbout", "vesoc:claims"),
)
