"""A generated agreement with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from benchmarks.terms import Pairs, Thing, code, named, texts, thing, typed
from benchmarks.vocabulary import ACTIONS, CODES, PEOPLE, SENTENCES, TOOLS

PARTS = 20
MEASURES = 4
CHAIN = 6
SIGNATURES = 14

Chosen = TypeVar("Chosen")


@dataclass(frozen=True)
class Scale:
    """How many concepts and actors the agreements choose from: they grow too, but slowly."""

    groups: int
    instruments: int
    organisations: int
    persons: int


class Agreement:
    """One agreement; its random choices depend on its number alone."""

    def __init__(self, number: int, scale: Scale) -> None:
        self.number = number
        self.scale = scale
        self.random = Random(f"vesoc {number}")
        self.name = f"a{number}"

    def things(self) -> Iterator[Thing]:
        """Parts, measures, evidence, budget lines and signatures; the agreement itself is the last."""
        for part in range(1, PARTS + 1):
            yield self._part(part)
            for measure in range(1, MEASURES + 1):
                yield from self._measure(f"{self.name}-s{part:02}-{measure}", part, measure)
            yield self._budget_line(part)
        for order in range(1, SIGNATURES + 1):
            yield self._signature(order)
        yield self._whole()

    def _part(self, part: int) -> Thing:
        dutch, english = TOOLS[part % len(TOOLS)]
        pairs = [
            *texts("dcterms:title", f"Speerpunt {part}: {dutch}", f"Focus point {part}: {english}"),
            ("dcterms:isPartOf", named(f"akkoord/{self.name}")),
            ("eli:number", f'"{part}"'),
        ]
        return thing(named(f"deel/{self.name}-s{part:02}"), "vesoc:AgreementPart", pairs)

    def _measure(self, name: str, part: int, measure: int) -> Iterator[Thing]:
        evidence = [f"{name}{letter}" for letter in "abc"[: self.random.choice((1, 1, 2))]]
        pairs = [
            *self._words(),
            ("dcterms:isPartOf", named(f"deel/{self.name}-s{part:02}")),
            *self._codes(),
            *self._choices(),
            *self._lineage(part, measure),
            *(("vesoc:hasEvidence", named(f"vindplaats/{passage}")) for passage in evidence),
        ]
        yield thing(named(f"maatregel/{name}"), "vesoc:Measure", pairs)
        for passage in evidence:
            yield self._evidence(passage, part)

    def _words(self) -> Pairs:
        action, tool, people = (self.random.choice(words) for words in (ACTIONS, TOOLS, PEOPLE))
        first, second = self.random.sample(SENTENCES, 2)
        return [
            *texts(
                "dcterms:title", f"{action[0]} {tool[0]} voor {people[0]}", f"{action[1]} {tool[1]} for {people[1]}"
            ),
            *texts("dcterms:description", f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"),
        ]

    def _codes(self) -> Pairs:
        return [
            ("vesoc:hasStatedStatus", self._coded("status")),
            ("vesoc:hasActionKind", self._coded("actie")),
            *(("dcterms:subject", code("thema", theme)) for theme in self._some(CODES["thema"], (1, 1, 2))),
            *(("vesoc:hasDurability", self._coded("duurzaamheid")) for _ in range(self.random.random() < 0.2)),
        ]

    def _choices(self) -> Pairs:
        return [
            *self._links("vesoc:hasTargetGroup", "doelgroep/g", self.scale.groups, (0, 1, 1, 2)),
            *self._links("vesoc:concernsInstrument", "instrument/i", self.scale.instruments, (0, 1, 1, 2)),
            *self._links("vesoc:isResponsibilityOf", "organisatie/o", self.scale.organisations, (0, 0, 1)),
            *self._links("vesoc:hasPartner", "organisatie/o", self.scale.organisations, (0, 0, 1)),
            *(pair for _ in range(self.random.random() < 0.1) for pair in self._condition()),
        ]

    def _condition(self) -> Pairs:
        budget = self.random.randint(1, 12)
        return texts("vesoc:conditionNote", f"Binnen budgetlijn {budget}.", f"Within budget line {budget}.")

    def _lineage(self, part: int, measure: int) -> Pairs:
        """Chains have an end, so that a path query does the same work whatever the size."""
        if self.number % CHAIN == 1 or (measure > 1 and self.random.random() < 0.5):
            return []
        earlier = f"maatregel/a{self.number - 1}-s{part:02}-"
        other = [("vesoc:buildsOn", named(f"{earlier}{measure % MEASURES + 1}"))] if self.random.random() < 0.2 else []
        return [("vesoc:continues", named(f"{earlier}{measure}")), *other]

    def _evidence(self, name: str, part: int) -> Thing:
        start = self.random.randint(0, 80_000)
        pairs = [
            ("oa:hasSource", named(f"bron/{self.name}")),
            ("oa:start", typed(start, "integer")),
            ("oa:end", typed(start + self.random.randint(40, 900), "integer")),
            ("vesoc:sectionPath", f'"Deel {part} > Punt {name[-2]}"'),
            ("vesoc:bulletNumber", f'"{name[-2]}"'),
            ("vesoc:sha256", f'"{self.random.getrandbits(256):064x}"'),
        ]
        return thing(named(f"vindplaats/{name}"), "vesoc:Evidence", pairs)

    def _budget_line(self, part: int) -> Thing:
        amount = self.random.randint(1, 400) * 50_000
        funded = self._some(range(1, MEASURES + 1), (1, 2, 3))
        pairs = [
            *texts("dcterms:title", f"Budget voor speerpunt {part}", f"Budget for focus point {part}"),
            ("dcterms:isPartOf", named(f"akkoord/{self.name}")),
            ("vesoc:amount", typed(amount, "decimal")),
            ("vesoc:hasBudgetCategory", self._coded("budgetcategorie")),
            ("vesoc:budgetsFor", named(f"deel/{self.name}-s{part:02}")),
            *(("vesoc:funds", named(f"maatregel/{self.name}-s{part:02}-{measure}")) for measure in funded),
        ]
        return thing(named(f"budgetlijn/{self.name}-{part:02}"), "vesoc:BudgetLine", pairs)

    def _signature(self, order: int) -> Thing:
        person = self.random.randint(1, self.scale.persons)
        pairs = [
            ("vesoc:signs", named(f"akkoord/{self.name}")),
            ("vesoc:signedBy", named(f"persoon/p{person}")),
            ("vesoc:onBehalfOf", named(f"organisatie/o{person % self.scale.organisations + 1}")),
            ("vesoc:printedAs", f'"Persoon {person}"'),
            ("vesoc:order", typed(order, "integer")),
        ]
        return thing(named(f"ondertekening/{self.name}-{order:02}"), "vesoc:Signature", pairs)

    def _whole(self) -> Thing:
        day = f"{1990 + self.number % 36}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        pairs = [
            *texts("dcterms:title", f"Akkoord {self.number}", f"Agreement {self.number}"),
            ("dcterms:date", typed(day, "date")),
            *(("vesoc:hasParty", named(f"organisatie/o{number}")) for number in (1, 2)),
        ]
        return thing(named(f"akkoord/{self.name}"), "vesoc:Agreement", pairs)

    def _coded(self, scheme: str) -> str:
        return code(scheme, self.random.choice(CODES[scheme]))

    def _links(self, prop: str, path: str, among: int, counts: tuple[int, ...]) -> Pairs:
        """Low numbers come up more often, as some groups and instruments do in real agreements."""
        numbers = {int(among * self.random.random() ** 2) + 1 for _ in range(self.random.choice(counts))}
        return [(prop, named(f"{path}{number}")) for number in sorted(numbers)]

    def _some(self, values: Iterable[Chosen], counts: tuple[int, ...]) -> list[Chosen]:
        return self.random.sample(list(values), self.random.choice(counts))
