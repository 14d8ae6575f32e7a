"""Which terms stand above which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from vesoc.versions.folding import Folded, iris


class Hierarchy:
    """The terms above each term by a property such as rdfs:subClassOf, directly and by way of others."""

    def __init__(self, described: Folded, name: str) -> None:
        self.direct: Mapping[str, Set[str]] = {
            subject: iris(described.values(subject, name)) for subject in described.named
        }

    def above(self, node: str) -> set[str]:
        """All that stands above a term."""
        found: set[str] = set()
        rest = [node]
        while rest:
            new = self.direct.get(rest.pop(), set()) - found
            found |= new
            rest += new
        return found - {node}

    def covers(self, wider: Iterable[str], node: str) -> bool:
        """Whether a term is one of `wider` or stands below one."""
        return bool({node, *self.above(node)} & set(wider))
