"""A comparison for people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from vesoc.names import short
from vesoc.versions.comparison import Comparison
from vesoc.versions.weight import Difference, Weight


@dataclass(frozen=True)
class Teller:
    """Tells a comparison; `shown` is how many differences of a kind are told one by one, None for all."""

    found: Comparison
    base: str
    shown: int | None

    def text(self) -> Iterator[str]:
        """A line a kind with its weight, below it the differences, and then the totals."""
        for kind, told in self.found.kinds().items():
            yield f"{kind.weight.word}  {kind.name} ({len(told)}): {kind.what}"
            yield from (f"    {self._line(one)}" for one in told[: self.shown])
            if self.shown is not None and len(told) > self.shown:
                yield f"    … and {len(told) - self.shown} more"
        if not self.found.axioms:
            yield "the axioms were not compared: one of the two has none"
        yield f"{self.found.old} -> {self.found.new}: {self._totals()}"

    def document(self, least: str, version: str | None) -> str:
        """JSON: both editions, whether axioms were compared, the least version, the new one, the differences."""
        found = self.found
        told = {
            "old": found.old,
            "new": found.new,
            "axioms": found.axioms,
            "weight": found.weight.word,
            "least": least,
            "version": version,
            "differences": [
                {"weight": one.kind.weight.word, "kind": one.kind.name, "about": one.about, "detail": one.detail}
                for one in found.differences
            ],
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def _line(self, one: Difference) -> str:
        name = short(one.about, self.base)
        return f"{name}: {one.detail}" if one.detail else name

    def _totals(self) -> str:
        counts = {weight: sum(one.kind.weight is weight for one in self.found.differences) for weight in Weight}
        told = ", ".join(f"{count} {weight.word}" for weight, count in sorted(counts.items(), reverse=True) if count)
        return told or "nothing differs"
