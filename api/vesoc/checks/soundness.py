"""Whether our graph may be served: all of it can be read, and it breaks no rule."""

from __future__ import annotations

from vesoc.checks import gathering, shacl, syntax
from vesoc.checks.finding import Finding
from vesoc.checks.placing import placed
from vesoc.places import Places


def violations(found: Places, base: str) -> tuple[Finding, ...]:
    """What forbids to serve the graph, in the order of findings; files are named as they stand below the root."""
    material = gathering.whole(found, base)
    unread = syntax.look(material).findings
    seen = [finding for finding in unread if finding.severity == "Violation"] or shacl.look(material).findings
    breaches = [finding for finding in seen if finding.severity == "Violation"]
    return tuple(sorted(placed(breaches, material), key=lambda finding: finding.sort_key))
