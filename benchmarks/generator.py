"""Generated data shaped like the VESOC graph, of any size: the same number of triples gives the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.agreements import Agreement, Scale
from benchmarks.terms import BASE, Pairs, Thing, code, iri, named, texts, thing
from benchmarks.vocabulary import CODES, PEOPLE, SENTENCES, TOOLS

SIZES = {"20k": 20_000, "1m": 1_000_000, "10m": 10_000_000}

_SOURCES = ("agreements.py", "generator.py", "terms.py", "vocabulary.py")


@dataclass(frozen=True)
class Data:
    """A generated file, and the number of agreements in it that are whole."""

    path: Path
    size: str
    triples: int
    agreements: int


def data(folder: Path, size: str) -> Data:
    """The file of that size; written once for each version of the generator."""
    path = folder / f"vesoc-{size}-{_version()}.nt"
    note = path.with_suffix(".json")
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(json.dumps(asdict(write(path, size)), default=str))
    return Data(**{**json.loads(note.read_text()), "path": path})


def write(path: Path, size: str) -> Data:
    """Write that many triples, to within the last thing, as N-Triples (which are N-Quads of the default graph too)."""
    triples = agreements = 0
    with path.open("w", encoding="utf-8") as file:
        for lines in things(SIZES[size]):
            file.writelines(lines)
            triples += len(lines)
            agreements += _closes(lines)
            if triples >= SIZES[size]:
                break
    return Data(path, size, triples, agreements)


def things(target: int) -> Iterator[Thing]:
    """Concepts and actors first, then agreements without end."""
    scale = Scale(60 + target // 20_000, 80 + target // 10_000, 40 + target // 25_000, 100 + target // 25_000)
    yield from _codes()
    yield from _groups(scale)
    yield from _instruments(scale)
    yield from _actors(scale)
    number = 0
    while True:
        number += 1
        yield from Agreement(number, scale).things()


def _version() -> str:
    texts_of_sources = [Path(__file__).with_name(name).read_bytes() for name in _SOURCES]
    return hashlib.sha256(b"".join(texts_of_sources)).hexdigest()[:8]


def _closes(lines: Thing) -> bool:
    """The agreement itself is written after all that belongs to it."""
    return lines[0].startswith(f"<{BASE}id/akkoord/")


def _codes() -> Iterator[Thing]:
    for scheme, values in CODES.items():
        for value in values:
            label = texts("skos:prefLabel", value.replace("-", " "), value.replace("-", " "))
            yield thing(
                code(scheme, value), "skos:Concept", [*label, ("skos:inScheme", named(f"conceptscheme/{scheme}"))]
            )


def _groups(scale: Scale) -> Iterator[Thing]:
    """A tree: g1 on top, each other group under one with a third of its number."""
    for number in range(1, scale.groups + 1):
        dutch, english = PEOPLE[number % len(PEOPLE)]
        pairs = _concept(number, "doelgroep", dutch, english)
        if number > 1:
            pairs.append(("skos:broader", named(f"doelgroep/g{(number + 1) // 3}")))
        yield thing(named(f"doelgroep/g{number}"), "vesoc:TargetGroup", pairs)


def _instruments(scale: Scale) -> Iterator[Thing]:
    for number in range(1, scale.instruments + 1):
        dutch, english = TOOLS[number % len(TOOLS)]
        yield thing(named(f"instrument/i{number}"), "vesoc:Instrument", _concept(number, "instrument", dutch, english))


def _concept(number: int, scheme: str, dutch: str, english: str) -> Pairs:
    return [
        ("a:", iri("skos:Concept")),
        *texts("skos:prefLabel", f"{dutch} {number}", f"{english} {number}"),
        *texts("skos:definition", SENTENCES[number % 5][0], SENTENCES[number % 5][1]),
        ("skos:inScheme", named(f"conceptscheme/{scheme}")),
    ]


def _actors(scale: Scale) -> Iterator[Thing]:
    for number in range(1, scale.organisations + 1):
        names = texts("skos:prefLabel", f"Organisatie {number}", f"Organisation {number}")
        yield thing(named(f"organisatie/o{number}"), "org:Organization", names)
    for number in range(1, scale.persons + 1):
        member = ("org:memberOf", named(f"organisatie/o{number % scale.organisations + 1}"))
        yield thing(named(f"persoon/p{number}"), "foaf:Person", [("foaf:name", f'"Persoon {number}"'), member])
