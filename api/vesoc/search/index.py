"""The index on disk: a tantivy index of words beside one file of what its things can be sorted and narrowed by."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import orjson
from pyoxigraph import Store

from vesoc.search.compounds import Compounds
from vesoc.search.language import stem, stems, whole, words
from vesoc.search.shelf import SHELF
from vesoc.search.things import LIMIT, Thing, Things
from vesoc.words import LANGUAGES

FIELDS = (
    "exact",  # each name as one word
    "name_nl",
    "name_en",
    "text_nl",
    "text_en",
    "about_nl",
    "about_en",
    "name_words",  # not stemmed: for words that are not finished or have a typing error
    "text_words",
    "words",  # of both, for spelling
    "backwards",
    "name_parts",  # what compounds are made of
    "text_parts",
)
_HEAP = 64_000_000  # bytes


def build(store: Store, base: str, folder: Path, limit: int = LIMIT) -> None:
    """Make the index in `folder`, which is there only when it is whole; one that is there already stays."""
    if folder.is_dir():
        return
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    things = Things(store, base, limit)
    _write_words(list(things), part)
    (part / SHELF).write_bytes(orjson.dumps(_shelf(things, base)))
    mode = (part / SHELF).stat().st_mode
    for file in part.iterdir():  # some the library keeps for its user alone; a server may be another
        file.chmod(mode)
    part.rename(folder)


def _write_words(things: list[Thing], folder: Path) -> None:
    import tantivy

    schema = tantivy.SchemaBuilder().add_integer_field("number", fast=True)
    for name in FIELDS:
        schema = schema.add_text_field(name, tokenizer_name="raw" if name == "exact" else "whitespace")
    writer = tantivy.Index(schema.build(), path=str(folder)).writer(heap_size=_HEAP, num_threads=1)
    compounds = Compounds(word for thing in things for text in dutch(thing) for word in words(text))
    for number, thing in enumerate(things):
        writer.add_document(tantivy.Document(number=number, **fields(thing, compounds)))
    writer.commit()
    writer.wait_merging_threads()


def dutch(thing: Thing) -> list[str]:
    """The texts that may have Dutch compounds."""
    return [*_in(thing.names, "nl"), *_in(thing.texts, "nl")]


def fields(thing: Thing, compounds: Compounds) -> dict[str, list[str]]:
    """The texts of each field, cut into words already."""
    slug = thing.iri.replace("#", "/").rsplit("/", 1)[-1]
    found = {"exact": [whole(name) for name in [*_all(thing.names), slug]]}
    for name, texts in (("name", thing.names), ("text", thing.texts), ("about", thing.about)):
        for language in LANGUAGES:
            found[f"{name}_{language}"] = [stems(text, language) for text in _in(texts, language)]
    used = sorted({word for texts in (thing.names, thing.texts) for text in _all(texts) for word in words(text)})
    found["words"], found["backwards"] = used, [word[::-1] for word in used]
    for name, texts in (("name", thing.names), ("text", thing.texts)):
        found[f"{name}_words"] = [whole(text) for text in _all(texts)]
        parts = {part for text in _in(texts, "nl") for word in words(text) for part in compounds.parts(word)}
        found[f"{name}_parts"] = [" ".join(sorted(stem(part, "nl") for part in parts))]
    return found


def _in(texts: dict[str, list[str]], language: str) -> list[str]:
    return [*texts.get(language, ()), *texts.get("", ())]


def _all(texts: dict[str, list[str]]) -> list[str]:
    return [text for each in texts.values() for text in each]


def _shelf(things: Things, base: str) -> dict[str, Any]:
    """IRIs by number, their ranks in each order, and the numbers of each value of each facet."""
    listed = list(things)
    numbers = {thing.iri: number for number, thing in enumerate(listed)}
    values = things.all_values()
    facets = {
        name: {value: sorted(map(numbers.__getitem__, iris)) for value, iris in found.items()}
        for name, found in values.items()
    }
    titles = {language: [whole(thing.title(language)) for thing in listed] for language in LANGUAGES}
    places = [(*thing.place, title) for thing, title in zip(listed, titles[LANGUAGES[0]], strict=True)]
    return {
        "iris": list(numbers),
        "ranks": {**{language: _ranks(keys) for language, keys in titles.items()}, "place": _ranks(places)},
        "facets": facets,
        "left_out": things.left_out,
    }


def _ranks(keys: list[Any]) -> list[int]:
    """The place of each in the order of the keys."""
    order = sorted(range(len(keys)), key=lambda number: (keys[number], number))
    ranks = [0] * len(keys)
    for rank, number in enumerate(order):
        ranks[number] = rank
    return ranks
