"""Damages: what can go wrong with one triple when a person edits it, by kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from benchmarks.mutations.world import TYPE, Term, World, own, term
from vesoc.names import PREFIXES

XSD = PREFIXES["xsd"]
_NUMBERS = {XSD + name for name in ("integer", "decimal", "date")}
_DATATYPES = ("string", "integer", "decimal", "double", "date", "gYear", "nonNegativeInteger", "boolean")
_WITHDRAWN = "-ingetrokken"


@dataclass(frozen=True)
class Damage:
    """A triple and what stands there instead: nothing, another triple, or the triple with another beside it.

    `beside` is what else the damage needs in the graph, such as the thing that was withdrawn.
    """

    kind: str
    what: str
    old: Triple
    new: Triple | None = None
    doubles: bool = False
    beside: tuple[Triple, ...] = ()

    @property
    def added(self) -> tuple[Triple, ...]:
        """The triples that come in."""
        return (*((self.new,) if self.new else ()), *self.beside)

    @property
    def value(self) -> Term | None:
        """The new object, where subject and property stay as they are."""
        same = self.new and (self.new.subject, self.new.predicate) == (self.old.subject, self.old.predicate)
        return self.new.object if self.new and same else None

    @property
    def gone(self) -> bool:
        """Whether the old place is left empty."""
        return self.value is None

    @property
    def predicate(self) -> str:
        """The property of the damaged triple."""
        return str(self.old.predicate.value)

    def __str__(self) -> str:
        instead = "nothing" if self.new is None else f"{'also ' if self.doubles else ''}{self.new}"
        return f"{self.old} → {instead}"


Maker = Callable[[World, Triple, Random], "Iterator[Damage]"]


def dropped(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """The triple is gone."""
    yield Damage("dropped", "dropped", old)


def another_class(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """It points to a thing of another class, or to a concept of another scheme."""
    if not own(old.object) or old.predicate == TYPE:
        return
    sorts = (set(world.values(old.object, TYPE)), set(world.values(old.object, "skos:inScheme")))
    for _ in range(20):
        other = random.choice(world.things)
        if (set(world.values(other, TYPE)), set(world.values(other, "skos:inScheme"))) != sorts:
            yield Damage("another class", "thing of another class or scheme", old, _with(old, other))
            return


def another_value(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """It has the value that another thing of the class has there: well-typed, and wrong."""
    if (other := _other_value(world, old, random)) is not None:
        yield Damage("another value", "value of another thing of the class", old, _with(old, other))


def _other_value(world: World, old: Triple, random: Random) -> Term | None:
    kinds = world.values(old.subject, TYPE)
    alike = [subject for kind in kinds[:1] for subject, at in world.into(kind) if at == TYPE]
    here = world.values(old.subject, old.predicate)
    for _ in range(20 if alike else 0):
        values = [value for value in world.values(random.choice(alike), old.predicate) if _like(value, old.object)]
        if values and values[0] not in here:
            return values[0]
    return None


def _like(one: Term, other: Term) -> bool:
    literals = isinstance(one, Literal), isinstance(other, Literal)
    return literals[0] == literals[1] and getattr(one, "language", None) == getattr(other, "language", None)


def datatype(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """The literal has another datatype, and the same characters."""
    if not isinstance(old.object, Literal) or old.object.language:
        return
    there = old.object.datatype.value.removeprefix(XSD)
    other = random.choice([name for name in _DATATYPES if name != there])
    yield Damage("datatype", "another datatype", old, _with(old, _literal(old.object.value, other)))


def language(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """The language tag is gone, or says another language."""
    if not isinstance(old.object, Literal) or not (tag := old.object.language):
        return
    text, other = old.object.value, {"nl": "en", "en": "nl"}.get(tag, "nl")
    yield Damage("language", "no tag", old, _with(old, Literal(text)))
    yield Damage("language", "tag fr", old, _with(old, Literal(text, language="fr")))
    yield Damage("language", "nl as en or en as nl", old, _with(old, Literal(text, language=other)))


def number(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """A number or a date has a wrong digit, sign or size, or is written as people write it."""
    if not isinstance(old.object, Literal) or old.object.datatype.value not in _NUMBERS:
        return
    kind = old.object.datatype.value.removeprefix(XSD)
    changes = _dates if kind == "date" else _numbers
    for what, text in changes(old.object.value, random):
        if text != old.object.value:
            yield Damage("number", what, old, _with(old, _literal(text, kind)))


def _numbers(text: str, random: Random) -> Iterator[tuple[str, str]]:
    place = random.choice([at for at, sign in enumerate(text) if sign.isdigit()])
    yield "wrong digit", f"{text[:place]}{(int(text[place]) + 1) % 10}{text[place + 1 :]}"
    yield "wrong sign", text[1:] if text.startswith("-") else f"-{text}"
    whole, point, rest = text.partition(".")
    yield "a thousand times too large", f"{whole}000{point}{rest}"
    yield "a thousandth", f"{whole[:-3] or '0'}{point}{rest}"
    yield "written as people write it", random.choice([f"{whole},5", f"{whole} euro", f"€ {whole}", f"{whole}%"])


def _dates(text: str, random: Random) -> Iterator[tuple[str, str]]:
    year, month, day = text.split("-")
    yield "a century too late", f"{int(year) + 100}-{month}-{day}"
    yield "a century too early", f"{int(year) - 100}-{month}-{day}"
    yield "a day that does not exist", f"{year}-{month}-{random.choice(('00', '32'))}"
    yield (
        "written as people write it",
        random.choice([f"{day}/{month}/{year}", f"{int(day)}-{int(month)}-{year}", year]),
    )


def link(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """An IRI is misspelt, leads to something withdrawn or to a nameless node, or is no link but a text."""
    if own(old.subject):
        yield Damage(
            "link", "misspelt subject", old, Triple(_misspelt(old.subject, world, random), old.predicate, old.object)
        )
    if not isinstance(old.object, NamedNode) or old.predicate == TYPE:
        return
    yield Damage("link", "text for a link", old, _with(old, Literal(old.object.value)))
    yield Damage("link", "nameless node", old, _with(old, BlankNode("knoop")))
    if own(old.object):
        yield Damage("link", "misspelt object", old, _with(old, _misspelt(old.object, world, random)))
        yield _to_withdrawn(old)


def _to_withdrawn(old: Triple) -> Damage:
    withdrawn = NamedNode(old.object.value + _WITHDRAWN)
    flag = Triple(withdrawn, term("owl:deprecated"), _literal("true", "boolean"))
    instead = Triple(withdrawn, term("dcterms:isReplacedBy"), old.object)
    return Damage("link", "thing that was withdrawn", old, _with(old, withdrawn), beside=(flag, instead))


def doubled(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """A second value stands beside the one there is."""
    if (other := _other_value(world, old, random)) is not None:
        yield Damage("second value", "second value", old, _with(old, other), doubles=True)


def predicate(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """Another property that the ontology declares, of the same sort."""
    sort = next((kind for kind, found in world.declared.items() if old.predicate in found), None)
    if sort:
        other = random.choice([name for name in world.declared[sort] if name != old.predicate])
        yield Damage("property", "another property", old, Triple(old.subject, other, old.object))


def spelling(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """The name of a property or of a class is misspelt."""
    wrong = _misspelt(old.predicate, world, random)
    yield Damage("spelling", "misspelt property", old, Triple(old.subject, wrong, old.object))
    if old.predicate == TYPE:
        yield Damage("spelling", "misspelt class", old, _with(old, _misspelt(old.object, world, random)))


def text(world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """A text is empty or has what does not belong in it."""
    if not isinstance(old.object, Literal) or (not old.object.language and old.object.datatype.value != XSD + "string"):
        return
    words = old.object.value
    for what, wrong in (
        ("empty", ""),
        ("space at the end", f"{words} "),
        ("line break", f"{words}\n{words}"),
        ("markup", f"<b>{words}</b>"),
    ):
        literal = Literal(wrong, language=old.object.language) if old.object.language else Literal(wrong)
        yield Damage("text", what, old, _with(old, literal))


MAKERS: dict[str, Maker] = {
    "dropped": dropped,
    "another class": another_class,
    "another value": another_value,
    "second value": doubled,
    "datatype": datatype,
    "language": language,
    "number": number,
    "link": link,
    "property": predicate,
    "spelling": spelling,
    "text": text,
}


def made(kind: str, world: World, old: Triple, random: Random) -> Iterator[Damage]:
    """The damages of a kind, without those that would say what the graph says already."""
    return (damage for damage in MAKERS[kind](world, old, random) if damage.new is None or not world.has(damage.new))


def _with(old: Triple, value: Term) -> Triple:
    return Triple(old.subject, old.predicate, value)


def _literal(text: str, name: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + name))


def _misspelt(node: Term, world: World, random: Random) -> NamedNode:
    """Two letters of the last word change places, or one is missing; never a name that exists."""
    start = max(node.value.rfind(sign) for sign in "/#") + 1
    for _ in range(20):
        at = random.randrange(start, max(start + 1, len(node.value) - 1))
        text = node.value
        swapped = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        wrong = NamedNode(random.choice([swapped, text[:at] + text[at + 1 :] or text + "x"]))
        if (
            wrong != node
            and not re.search(r"[/#]$", wrong.value)
            and not world.properties(wrong)
            and not world.into(wrong)
        ):
            return wrong
    return NamedNode(node.value + "x")
