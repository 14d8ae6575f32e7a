"""What a run of damages came to: a table by kind, and what escaped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.mutations.judges import FIRST
from benchmarks.mutations.sample import Sample
from benchmarks.mutations.trial import Verdict
from vesoc import names

BAR = 0.95


def table(verdicts: Sequence[Verdict], sample: Sample, judges: Sequence[str]) -> Iterator[str]:
    """One line a kind: caught by the shapes, all, share; caught by each other step; what share no rule protects."""
    others = [name for name in judges if name != FIRST]
    yield " ".join([f"{'kind':14}", "caught", "  all", " share", *(f"{name:>10}" for name in others), "no rule"])
    kinds = list(dict.fromkeys(verdict.tried.damage.kind for verdict in verdicts))
    for kind in [*kinds, ""]:
        yield _row(kind, [one for one in verdicts if kind in ("", one.tried.damage.kind)], sample, others)


def _row(kind: str, verdicts: Sequence[Verdict], sample: Sample, others: Sequence[str]) -> str:
    caught = Counter(name for verdict in verdicts for name in verdict.caught_by)
    looked_at = sample.looked_at[kind] if kind else sample.looked_at.total()
    unprotected = sum(number for key, number in sample.open.items() if kind in ("", key[0]))
    columns = [f"{kind or 'all':14}", f"{caught[FIRST]:6}", f"{len(verdicts):5}", f"{share(verdicts):6.1%}"]
    return " ".join([*columns, *(f"{caught[name]:10}" for name in others), f"{unprotected / looked_at:7.0%}"])


def share(verdicts: Sequence[Verdict]) -> float:
    """The share that the shapes caught."""
    return sum(FIRST in verdict.caught_by for verdict in verdicts) / len(verdicts) if verdicts else 1.0


def reaches(verdicts: Sequence[Verdict]) -> bool:
    """Whether each kind by itself reaches the bar."""
    kinds = {verdict.tried.damage.kind for verdict in verdicts}
    return all(share([one for one in verdicts if one.tried.damage.kind == kind]) >= BAR for kind in kinds)


def survivors(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """What the shapes did not catch: the damage, who promised to see it, and which other step saw it."""
    for verdict in verdicts:
        if FIRST not in verdict.caught_by:
            one = verdict.tried
            seen = f"; seen by {', '.join(sorted(verdict.caught_by))}" if verdict.caught_by else ""
            yield f"{one.damage.kind}, {one.damage.what}, of {one.sort}; promised by {', '.join(one.promises)}{seen}"
            yield f"  {_short(str(one.damage))}"


def unprotected(sample: Sample) -> Iterator[str]:
    """What no rule protects against: the kind, and for each property its classes."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (kind, what, sort, name), _ in sorted(sample.open.items()):
        found.setdefault((kind, what), {}).setdefault(name, []).append(sort)
    for (kind, what), properties in found.items():
        yield f"{kind}, {what}: " + "; ".join(f"{name} of {', '.join(sorts)}" for name, sorts in properties.items())


def _short(text: str) -> str:
    words = (names.short(word.strip("<>")) if word.startswith("<") else word for word in text.split(" "))
    return " ".join(words)
