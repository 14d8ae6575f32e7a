"""What a step of a run is: a look at the material, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vesoc.checks.finding import Finding
from vesoc.checks.material import Material
from vesoc.checks.rule import Rule


@dataclass(frozen=True)
class Look:
    """What a step found, and how many things of which kind it looked at (`12 files`, `75,391 triples`)."""

    findings: tuple[Finding, ...]
    looked_at: int
    what: str


@dataclass(frozen=True)
class Step:
    """A step by its name, what it does in a few words, and when it cannot run.

    `hindrance` says why it cannot run on some material, or None; `by_default` whether it runs on documents of others
    without being asked for. `rules` are all that it checks by, but for those that shapes declare.
    """

    name: str
    does: str
    look: Callable[[Material], Look]
    hindrance: Callable[[Material], str | None] = lambda material: None
    by_default: bool = True
    rules: tuple[Rule, ...] = ()
