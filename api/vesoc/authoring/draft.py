"""The files of a new agreement, from its text and outline: source, agreement, parts, and a passage for each list item.

A passage of an item hangs on nothing yet. So `vesoc coverage` tells it as not covered until the author says what stands
in it: by a measure or another statement, or by a kind and a reason on the part.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath

from pyoxigraph import Literal, NamedNode, Triple

from vesoc.authoring.headings import label
from vesoc.authoring.outline import SUB, Placed, slugged
from vesoc.authoring.proposal import BLOCK
from vesoc.errors import VesocError
from vesoc.items import Item, Layout, Section, items_of
from vesoc.names import prefixes
from vesoc.templating import day
from vesoc.texts import LAYOUTS, ROOT_PATH

_MAIN = "akkoord"
_PERIODS = "actoren/periodes.ttl"
_METADATA = "metadata.ttl"
_CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"
_INTEGER = "xsd:integer"
Term = NamedNode | Literal


@dataclass(frozen=True)
class Particulars:
    """What the author says of an agreement: the end of its name, its titles by language, its kind and its day."""

    slug: str
    titles: dict[str, str]
    kind: str
    day: date | None


class Draft:
    """A new agreement as triples by file; `text` is the source text, `outline` its headings in their places."""

    def __init__(self, text: str, outline: list[Placed], told: Particulars, base: str) -> None:
        self.text = text
        self.outline = outline
        self._told = told
        self._names = prefixes(base)

    @property
    def folder(self) -> PurePosixPath:
        """The folder of its files below data/ttl."""
        return PurePosixPath(self._told.slug)

    @cached_property
    def sections(self) -> list[Section]:
        """The sections of the text, as the graph will know them once the files are in it."""
        root = Section(self._told.slug, ROOT_PATH, 0, 0)
        return [root, *(self._section(one) for one in self.outline)]

    @cached_property
    def items(self) -> list[Item]:
        """The list items of the text."""
        return items_of(self.text, self.sections)

    def files(self) -> dict[PurePosixPath, list[Triple]]:
        """What each file of the agreement says, by its path below data/ttl."""
        found: dict[PurePosixPath, list[Triple]] = defaultdict(list)
        found[self._file(self._told.slug)] += self._agreement()
        for one in self.outline:
            found[self._file(self._holder(one))] += self._heading(one)
        for item in self.items:
            told = self._passage(item.code, item.start, item.end, item.section.path)
            number = self._said(self._node("vind", item.code), "vesoc:bulletNumber", Literal(item.number))
            found[self._file(item.section.code)] += [*told, number]
        self._check(triple.subject for triples in found.values() for triple in triples if self._is_passage(triple))
        return dict(found)

    def additions(self) -> dict[PurePosixPath, list[Triple]]:
        """What goes into files that are there already: the day of the agreement, and its named graph."""
        found = {PurePosixPath(_METADATA): list(self._graph())}
        if self._told.day:
            found[PurePosixPath(_PERIODS)] = list(self._period(self._told.day))
        return found

    def _is_passage(self, triple: Triple) -> bool:
        return triple.object == self._term("vesoc:Evidence")

    @staticmethod
    def _check(passages: Iterable[object]) -> None:
        """VesocError where a heading and an item, or two headings, would have one name."""
        [(most, times)] = Counter(passages).most_common(1)
        if times > 1:
            raise VesocError(f"{most} would name {times} passages; give a part near it another code in the outline")

    def _section(self, one: Placed) -> Section:
        kind = one.heading.kind
        if not one.heading.makes_part:
            kind = next((p.heading.kind for p in self.outline if self._code(p) == self._holder(one)), "")
        return Section(self._holder(one), one.path, one.start, one.end, LAYOUTS.get(kind, Layout.PROSE))

    def _code(self, one: Placed) -> str:
        return f"{self._told.slug}-{one.heading.code}"

    def _holder(self, one: Placed) -> str:
        """The code of the part that a heading begins or stands in; that of the agreement where it stands in none."""
        if one.heading.makes_part:
            return self._code(one)
        if one.heading.code != SUB:
            return f"{self._told.slug}-{one.heading.code[1:]}"
        part = next((upper.code for upper in reversed(one.above) if upper.makes_part), None)
        return f"{self._told.slug}-{part}" if part else self._told.slug

    def _file(self, code: str) -> PurePosixPath:
        """A file a part, but the blocks of a budget stand with their annex."""
        part = next((one for one in self.outline if one.heading.makes_part and self._code(one) == code), None)
        name = part.heading.code if part else _MAIN
        if part and part.heading.kind == BLOCK and part.above:
            name = part.above[-1].code
        return PurePosixPath(self._told.slug, f"{name}.ttl")

    def _agreement(self) -> Iterator[Triple]:
        told, source, agreement = self._told, self._node("bron", self._told.slug), self._node("akk", self._told.slug)
        yield self._type(source, "vesoc:SourceDocument")
        yield self._said(source, "dcterms:type", self._term("bronsoort:primair"))
        yield self._said(source, "vesoc:characterCount", self._integer(len(self.text)))
        yield self._said(source, "vesoc:isTextOf", agreement)
        yield self._said(source, "vesoc:sha256", Literal(_digest(self.text)))
        yield self._type(agreement, "vesoc:Agreement")
        yield self._said(agreement, "dcterms:type", self._node("akkoordsoort", told.kind))
        for node in (source, agreement):
            yield from self._titled(node, told.titles)
        if told.day:
            yield self._said(agreement, "dcterms:date", Literal(str(told.day), datatype=self._term("xsd:date")))
            yield self._said(agreement, "vesoc:agreedDuring", self._node("per", f"dag-{told.day}"))

    def _heading(self, one: Placed) -> Iterator[Triple]:
        """A heading as a passage, and the part that begins with it."""
        holder = self._holder(one)
        part = self._node("akk" if holder == self._told.slug else "deel", holder)
        code = self._code(one) if one.heading.makes_part else f"{holder}-{slugged(one.heading.text)}"
        kind = "passagesoort:kop" if one.heading.makes_part else "passagesoort:tussenkop"
        yield from self._passage(code, one.start, one.end, one.path)
        yield self._said(self._node("vind", code), "dcterms:type", self._term(kind))
        yield self._said(part, "vesoc:hasEvidence", self._node("vind", code))
        if one.heading.makes_part:
            yield from self._part(one, part)

    def _part(self, one: Placed, part: NamedNode) -> Iterator[Triple]:
        upper = next((up.code for up in reversed(one.above) if up.makes_part), None)
        whole = self._node("deel", f"{self._told.slug}-{upper}") if upper else self._node("akk", self._told.slug)
        number, title = label(one.heading.text)
        yield self._type(part, "vesoc:AgreementPart")
        yield self._said(part, "dcterms:isPartOf", whole)
        yield self._said(part, "dcterms:type", self._node("deelsoort", one.heading.kind))
        yield from self._titled(part, {"nl": title})
        if number:
            yield self._said(part, "eli:number", Literal(number))

    def _passage(self, code: str, start: int, end: int, path: str) -> Iterator[Triple]:
        passage = self._node("vind", code)
        span = NamedNode(f"{passage.value}#bereik")
        yield self._type(passage, "vesoc:Evidence")
        yield self._said(passage, "oa:hasSelector", span)
        yield self._said(passage, "oa:hasSource", self._node("bron", self._told.slug))
        yield self._said(passage, "vesoc:sectionPath", Literal(path))
        yield self._said(passage, "vesoc:sha256", Literal(_digest(self.text[start:end])))
        yield self._type(span, "oa:TextPositionSelector")
        yield self._said(span, "oa:start", self._integer(start))
        yield self._said(span, "oa:end", self._integer(end))

    def _period(self, when: date) -> Iterator[Triple]:
        node = self._node("per", f"dag-{when}")
        yield self._type(node, "dcterms:PeriodOfTime")
        yield self._type(node, "time:ProperInterval")
        for edge in ("dcat:startDate", "dcat:endDate"):
            yield self._said(node, edge, Literal(str(when), datatype=self._term("xsd:date")))
        for language in ("nl", "en"):
            yield self._said(node, "rdfs:label", Literal(day(when, language), language=language))

    def _graph(self) -> Iterator[Triple]:
        node = self._node("graaf", self._told.slug)
        yield self._said(node, "dcterms:license", NamedNode(_CC0))
        yield self._said(node, "prov:wasDerivedFrom", self._node("bron", self._told.slug))
        yield from self._titled(node, self._told.titles)

    def _titled(self, node: NamedNode, titles: dict[str, str]) -> Iterable[Triple]:
        return [self._said(node, "dcterms:title", Literal(text, language=tag)) for tag, text in titles.items()]

    def _type(self, node: NamedNode, name: str) -> Triple:
        return self._said(node, "rdf:type", self._term(name))

    def _said(self, node: NamedNode, name: str, value: Term) -> Triple:
        return Triple(node, self._term(name), value)

    def _integer(self, number: int) -> Literal:
        return Literal(str(number), datatype=self._term(_INTEGER))

    def _term(self, name: str) -> NamedNode:
        return self._node(*name.split(":", 1))

    def _node(self, prefix: str, local: str) -> NamedNode:
        return NamedNode(self._names[prefix] + local)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
