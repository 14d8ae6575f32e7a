"""A sample of damages that a rule protects against, spread over kinds, classes and properties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from random import Random

from pyoxigraph import Triple

from benchmarks.mutations import questions, statements
from benchmarks.mutations.damage import Damage, made
from benchmarks.mutations.demands import Demands
from benchmarks.mutations.world import TYPE, Term, World, local

_TRIPLES = 3  # of each class and property are looked at
_SEES = questions.SEES | statements.SEES
_KINDS = 2
_FEW = 30


@dataclass(frozen=True)
class Protected:
    """A damage, the class of its subject, and the rules that promise to see it."""

    damage: Damage
    sort: str
    promises: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """The damages to try, and for each kind how many of those looked at no rule protects against.

    `open` counts them by kind, description, class and property.
    """

    chosen: tuple[Protected, ...]
    looked_at: Counter[str]
    open: Counter[tuple[str, str, str, str]]


def promises(world: World, demands: Demands, damage: Damage) -> tuple[str, ...]:
    """The shapes, and the properties of the ontology, that promise to see a damage."""
    seen = (name for name, sees in _SEES.items() if sees(world, damage))
    return tuple(sorted({*demands.broken(world, damage), *seen}))


def draw(world: World, demands: Demands, seed: int, number: int, kinds: Sequence[str]) -> Sample:
    """Damages of those kinds, as many of each kind as of any other, the same for the same seed."""
    random = Random(seed)
    looked_at: Counter[str] = Counter()
    found: dict[str, dict[tuple[str, str, str], list[Protected]]] = {kind: defaultdict(list) for kind in kinds}
    unprotected: Counter[tuple[str, str, str, str]] = Counter()
    sizes = Counter({sort: len(things) for sort, things in _things(world).items()})
    for sort, damage in _damages(world, random, kinds):
        key = (damage.what, sort, local(damage.old.predicate))
        looked_at[damage.kind] += 1
        if promised := promises(world, demands, damage):
            # A class of few things counts as one: else most damages would be of the same few things.
            stratum = key if sizes[sort] >= _FEW else (damage.what, sort, "")
            found[damage.kind][stratum].append(Protected(damage, sort, promised))
        else:
            unprotected[damage.kind, *key] += 1
    share = -(-number // len(kinds))
    chosen = chain.from_iterable(_spread(strata, share, random) for strata in found.values())
    return Sample(tuple(chosen), looked_at, unprotected)


def _damages(world: World, random: Random, kinds: Sequence[str]) -> Iterator[tuple[str, Damage]]:
    for sort, triples in sorted(_groups(world.triples, world).items()):
        for triple in random.sample(triples, min(_TRIPLES, len(triples))):
            for kind in kinds:
                yield from ((sort[0], damage) for damage in made(kind, world, triple, random))


def _things(world: World) -> dict[str, set[Term]]:
    found: dict[str, set[Term]] = defaultdict(set)
    for triple in world.triples:
        found[sort_of(triple, world)].add(triple.subject)
    return found


def _groups(triples: Iterable[Triple], world: World) -> dict[tuple[str, str], list[Triple]]:
    groups: dict[tuple[str, str], list[Triple]] = defaultdict(list)
    for triple in triples:
        groups[sort_of(triple, world), triple.predicate.value].append(triple)
    return groups


def sort_of(triple: Triple, world: World) -> str:
    """The classes of the subject of a triple, by their local names; all properties of the ontology are one."""
    if world.is_a(triple.subject, *(f"owl:{kind}" for kind in world.declared)):
        return "Property"
    return "/".join(sorted(local(kind) for kind in world.values(triple.subject, TYPE))[:_KINDS])


def _spread(strata: dict[tuple[str, str, str], list[Protected]], number: int, random: Random) -> Iterator[Protected]:
    """First one of each stratum, then a second one, and so on; the descriptions of a kind take turns."""
    by_what: dict[str, list[list[Protected]]] = defaultdict(list)
    for key in sorted(strata):
        by_what[key[0]].append(strata[key])
    lanes = []
    for groups in by_what.values():
        random.shuffle(groups)
        lanes.append([one for turn in zip_longest(*groups) for one in turn if one is not None])
    turns = (one for turn in zip_longest(*lanes) for one in turn if one is not None)
    yield from (one for _, one in zip(range(number), turns, strict=False))
