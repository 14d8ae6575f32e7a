"""Which damages are caught: many in one copy of the graph, far enough apart that each finding has one cause.

A damage can give findings at its own thing, at what points to it, and at what points to that. Damages share a copy only
where these neighbourhoods are apart, and a finding counts for the damage in whose neighbourhood its thing lies. Damages
of the ontology's own structure reach everything, so they get a copy each. What seems to have escaped is tried again
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from benchmarks.mutations.damage import Damage
from benchmarks.mutations.sample import Protected
from benchmarks.mutations.world import Term, World, own, term
from vesoc.names import PREFIXES

# What a judge finds in a graph: for each finding the IRI of the thing to mend, the value, and what else tells it apart.
Findings = frozenset[tuple[str, str, str]]
Judge = Callable[[list[Quad]], Findings]
Progress = Callable[[str], None]

_SIZE = 60
_STEPS = 2
_FEW = 3
_STRUCTURE = set(map(term, ("rdf:type", "schema:domainIncludes", "rdfs:subClassOf")))
_FELLOWS = {
    "dcterms:isPartOf": ("vesoc:BudgetLine", "vesoc:BudgetTotal"),
    "vesoc:signs": ("vesoc:Signature",),
}
_COMPARED = {
    *map(term, ("rdf:type", "dcterms:isPartOf", "vesoc:amount", "vesoc:hasBudgetCategory")),
    *map(term, ("vesoc:signs", "vesoc:order", "vesoc:signedBy", "vesoc:onBehalfOf")),
}
# The properties of a thing that rules read when they look at another one, and the links by which they come to it.
_READ_FROM_AFAR = {
    *map(term, ("rdf:type", "skos:inScheme", "skos:broader", "dcterms:type", "dcterms:isPartOf", "owl:deprecated")),
    *map(term, ("oa:hasSource", "oa:start", "oa:end", "vesoc:isTextOf", "vesoc:characterCount", "vesoc:hasUnit")),
    *map(term, ("dcat:startDate", "dcat:endDate", "vesoc:agreedDuring", "org:member", "org:memberDuring", "foaf:name")),
    *map(term, ("vesoc:hasParty", "vesoc:numericValue", "vesoc:appliesDuring")),
}
_LINKS = (
    *("dcterms:isPartOf", "skos:broader", "oa:hasSource", "oa:hasSelector", "org:member", "org:memberDuring"),
    *("vesoc:hasEvidence", "vesoc:isTextOf", "vesoc:agreedDuring", "vesoc:appliesDuring", "vesoc:inCapacityOf"),
    *("vesoc:signs", "vesoc:signedBy", "vesoc:onBehalfOf", "vesoc:hasParty"),
    *("vesoc:valueBefore", "vesoc:valueAfter", "vesoc:hasTargetValue", "vesoc:hasBudgetCategory"),
)


@dataclass
class Copy:
    """Damages that can be told apart in one copy of the graph."""

    members: list[Protected] = field(default_factory=list)
    reached: set[str] = field(default_factory=set)

    def fits(self, reach: frozenset[str]) -> bool:
        """Whether a damage with that neighbourhood can join."""
        return len(self.members) < _SIZE and self.reached.isdisjoint(reach)


@dataclass(frozen=True)
class Verdict:
    """A damage and the judges that caught it."""

    tried: Protected
    caught_by: frozenset[str]


def reach(world: World, damage: Damage) -> frozenset[str] | None:
    """The IRIs of the things at which a damage can give findings; None where that can be any thing."""
    touched = {damage.old.predicate, *(triple.predicate for triple in damage.added)}
    homes = dict.fromkeys([damage.old.subject, *(triple.subject for triple in damage.added)])
    if any(_is_term(node) for node in homes) and touched & _STRUCTURE:
        return None
    found = {*homes, *_ends(world, damage)}
    if touched & _COMPARED:
        found.update(_fellows(world, damage.old.subject))
    found |= {user for node in homes for user in world.users(node, "vesoc:isAbout")}
    near: set[Term] = set(homes) if touched & _READ_FROM_AFAR else set()
    for _ in range(_STEPS):
        near = {user for node in near for user in world.users(node, *_LINKS)} - found
        found |= near
    return frozenset(node.value for node in found if isinstance(node, NamedNode))


def _is_term(node: Term) -> bool:
    return str(node.value).startswith(PREFIXES["vesoc"])


def _ends(world: World, damage: Damage) -> set[Term]:
    """The old and the new object; what many things point to is not missed where one of them does not."""
    ends = [node for triple in (damage.old, *damage.added) for node in [triple.object] if len(world.into(node)) <= _FEW]
    same_words = {user for node in ends if isinstance(node, Literal) for user, _ in world.into(node)}
    return {node for node in ends if own(node)} | same_words


def _fellows(world: World, node: Term) -> Iterator[Term]:
    """The other lines of a sum, the other signatures below a text: they are compared with each other."""
    for name, kinds in _FELLOWS.items():
        for whole in world.values(node, name) if world.is_a(node, *kinds) else ():
            yield whole
            yield from (user for user in world.users(whole, name) if world.is_a(user, *kinds))


def copies(world: World, sample: Iterable[Protected]) -> list[Copy]:
    """The damages in as few copies as keep them apart."""
    found: list[Copy] = []
    alone: list[Copy] = []
    for one in sample:
        near = reach(world, one.damage)
        if near is None:
            alone.append(Copy([one]))
            continue
        copy = next((copy for copy in found if copy.fits(near)), None)
        if copy is None:
            found.append(copy := Copy())
        copy.members.append(one)
        copy.reached |= near
    return [*found, *alone]


def run(
    world: World, sample: Iterable[Protected], judges: dict[str, Judge], progress: Progress, *, alone: bool = False
) -> list[Verdict]:
    """Try all damages, and those that the first judge did not catch once more alone; or each alone from the start."""
    known = {name: judge(world.quads) for name, judge in judges.items()}
    verdicts = []
    parts = [Copy([one]) for one in sample] if alone else copies(world, sample)
    for number, copy in enumerate(parts, 1):
        progress(f"copy {number} of {len(parts)}, {len(copy.members)} damages")
        verdicts += _judged(world, copy.members, judges, known)
    first = next(iter(judges))
    sure = alone or len(parts) == len(verdicts)
    return [one if sure or first in one.caught_by else _again(world, one, judges, known, progress) for one in verdicts]


def _again(
    world: World, verdict: Verdict, judges: dict[str, Judge], known: dict[str, Findings], progress: Progress
) -> Verdict:
    progress(f"alone: {verdict.tried.damage}")
    return _judged(world, [verdict.tried], judges, known)[0]


def _judged(
    world: World, members: list[Protected], judges: dict[str, Judge], known: dict[str, Findings]
) -> list[Verdict]:
    quads = damaged(world, [one.damage for one in members])
    new = {name: judge(quads) - known[name] for name, judge in judges.items()}
    if len(members) == 1:
        return [Verdict(members[0], frozenset(name for name, found in new.items() if found))]
    caught: list[set[str]] = [set() for _ in members]
    homes = {node: number for number, one in enumerate(members) for node in _homes(one.damage)}
    near = {iri: number for number, one in enumerate(members) for iri in reach(world, one.damage) or ()}
    for name, found in new.items():
        for thing, value, _ in found:
            # What points to a damaged thing is told of with that thing as its value.
            number = homes.get(value.strip("<>"), near.get(thing))
            if number is not None:
                caught[number].add(name)
    return [Verdict(one, frozenset(names)) for one, names in zip(members, caught, strict=True)]


def _homes(damage: Damage) -> set[str]:
    subjects: list[Term] = [damage.old.subject, *(triple.subject for triple in damage.added)]
    return {node.value for node in subjects}


def damaged(world: World, damages: list[Damage]) -> list[Quad]:
    """The graph with some damages; what comes in stands in the named graph of what it comes in for."""
    graphs = {quad.triple: quad.graph_name for quad in world.quads}
    lost = {damage.old for damage in damages if not damage.doubles}
    kept = [quad for quad in world.quads if quad.triple not in lost]
    new = ((triple, graphs[damage.old]) for damage in damages for triple in damage.added)
    return [*kept, *(Quad(triple.subject, triple.predicate, triple.object, graph) for triple, graph in new)]
