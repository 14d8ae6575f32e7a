"""What is asked of the things of a class, or wherever a property is used, as values on a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from vesoc.pages.constraints import Constraint, Limit
from vesoc.pages.values import Value
from vesoc.pages.view import View


@dataclass(frozen=True)
class Requirement:
    """What is asked of the values of `path`, or without one of the thing itself, by which rules.

    `of_values` is about what a property leads to. `severity` is where nothing breaks that does not follow it.
    """

    path: Value | None
    constraints: tuple[Constraint, ...]
    rules: tuple[str, ...]
    severity: str
    of_values: bool


def requirements(view: View, limits: Iterable[Limit]) -> list[Requirement]:
    """The limits as values, those of one property and severity together; what is said of the thing itself first."""
    groups: dict[Any, list[Limit]] = defaultdict(list)
    for limit in limits:
        groups[limit.path.value if limit.path else "", limit.severity, limit.of_values].append(limit)
    return sorted((_together(view, group) for group in groups.values()), key=_place)


def short(view: View, node: NamedNode) -> Value:
    """A term by its name: with a prefix, or without where it is one of this ontology, which has a place on the page."""
    own = node.value.removeprefix(f"{view.base}ns#")
    if own != node.value:
        return Value(own, f"#{own}")
    fitting = [(prefix, space) for prefix, space in view.labels.prefixes.items() if node.value.startswith(space)]
    prefix, space = max(fitting, key=lambda pair: len(pair[1]), default=("", ""))
    return Value(f"{prefix}:{node.value.removeprefix(space)}" if prefix else node.value, node.value, iri=node.value)


def _together(view: View, limits: list[Limit]) -> Requirement:
    first = limits[0]
    constraints = [_shown(view, one) for limit in limits for one in limit.constraints]
    return Requirement(
        short(view, first.path) if first.path else None,
        tuple(sorted(constraints, key=lambda one: (one.kind != "count", one.kind))),
        tuple(sorted({limit.rule for limit in limits})),
        first.severity,
        first.of_values,
    )


def _place(requirement: Requirement) -> tuple[bool, str]:
    return requirement.path is not None, requirement.path.text.casefold() if requirement.path else ""


def _shown(view: View, constraint: Constraint) -> Constraint:
    return Constraint(constraint.kind, tuple(_value(view, constraint.kind, value) for value in constraint.values))


def _value(view: View, kind: str, value: Any) -> Any:
    if isinstance(value, Constraint):
        return _shown(view, value)
    if isinstance(value, NamedNode):
        return view.link(value) if kind in ("scheme", "hasValue") else short(view, value)
    if isinstance(value, Literal):
        return value.value.removeprefix("^").removesuffix("$") if kind == "pattern" else value.value
    return value.get(view.reader.language) if kind == "message" else value
