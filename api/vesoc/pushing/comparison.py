"""What an engine gives back, held against what it was given: engines keep some values in forms of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, Triple

from vesoc.names import short
from vesoc.pushing.material import Material
from vesoc.pushing.parts import has_blank, unskolemized

_LONG = 80  # characters of a value in an example


@dataclass(frozen=True)
class Difference:
    """Values that came back otherwise: their `kind`, how many, and one as it was given and as it came back."""

    kind: str
    number: int
    given: str
    found: str


@dataclass(frozen=True)
class Comparison:
    """How many statements were compared, and what differs, by kind."""

    compared: int
    differences: tuple[Difference, ...]


def compare(material: Material, iri: str, found: Iterator[Triple]) -> Comparison:
    """Look for each statement that an engine gives back in the data; those with blank nodes are passed over."""
    numbers: Counter[str] = Counter()
    examples: dict[str, tuple[str, str]] = {}
    compared = 0
    for triple in found:
        if has_blank(triple):
            continue
        compared += 1
        if not _known(material, iri, triple):
            kind = _kind(triple)
            numbers[kind] += 1
            examples.setdefault(kind, _example(material, iri, triple))
    return Comparison(compared, tuple(Difference(kind, n, *examples[kind]) for kind, n in sorted(numbers.items())))


def _known(material: Material, iri: str, triple: Triple) -> bool:
    """Whether the data has the statement in just this form; the store finds values whatever their form."""
    ours = unskolemized(triple, material.manifest.base)
    quads = material.store.quads_for_pattern(ours.subject, ours.predicate, ours.object, material.name(iri))
    return any(quad.object == ours.object for quad in quads)


def _kind(triple: Triple) -> str:
    value = triple.object
    if not isinstance(value, Literal):
        return "no literal"
    return f"@{value.language}" if value.language else short(value.datatype.value)


def _example(material: Material, iri: str, triple: Triple) -> tuple[str, str]:
    """The value in the data that is most like one of an engine, and that of the engine."""
    subject = unskolemized(triple, material.manifest.base).subject
    quads = material.store.quads_for_pattern(subject, triple.predicate, None, material.name(iri))
    others = [quad.object for quad in quads]
    nearest = max(others, key=lambda other: _alike(other, triple.object), default=None)
    return str(nearest)[:_LONG] if nearest is not None else "nothing", str(triple.object)[:_LONG]


def _alike(ours: object, theirs: object) -> int:
    """How many characters two values begin with alike, and more for the same datatype."""
    told, other = str(ours), str(theirs)
    common = next((at for at, pair in enumerate(zip(told, other, strict=False)) if pair[0] != pair[1]), len(told))
    same = isinstance(ours, Literal) and isinstance(theirs, Literal) and ours.datatype == theirs.datatype
    return common + _LONG * same
