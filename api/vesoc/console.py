"""Answers and reports on a terminal."""

from __future__ import annotations

import json
import sys

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from vesoc import formats, graphs
from vesoc.coverage import Coverage, Kind
from vesoc.dataset import Dataset
from vesoc.describing import described, expanded
from vesoc.errors import Problem, ReaderGone, VesocError
from vesoc.mentions import mentions
from vesoc.names import prefixes
from vesoc.places import Places
from vesoc.settings import Settings
from vesoc.sparql import Query, answer
from vesoc.whereabouts import Whereabouts


class _Output:
    """A reply that goes to the standard output."""

    def start(self, header: dict[str, object]) -> None:
        sys.stdout.flush()

    def flush(self) -> None:
        sys.stdout.flush()

    def write(self, data: bytes) -> int:
        try:
            return sys.stdout.buffer.write(data)
        except BrokenPipeError:
            raise ReaderGone from None


def ask(dataset: Dataset, text: str, form: str, base: str, console: Console) -> None:
    """Run a query and print its answer; VesocError where it is not valid or the format does not fit."""
    try:
        if form == "table":
            _print_table(dataset, text, base, console)
        else:
            answer(dataset.store, Query(text, _media_type(form)), Settings(base=base), _Output())
    except Problem as problem:
        raise VesocError(problem.detail) from None


def describe(dataset: Dataset, name: str, form: str, found: Places | None, console: Console) -> None:
    """Print what the graph says of a thing; the places that say so go to `console` where the format has no comments."""
    whereabouts = Whereabouts(found.root, graphs.own_files(found)) if found else None
    body, places, commented = described(dataset, name, form, whereabouts)
    _Output().write(body)
    for place in [] if commented else places:
        console.print(place, markup=False)


def mention(found: Places, name: str, base: str, console: Console) -> None:
    """Print each statement about a thing with its place, and each that points to it; VesocError where there is none."""
    iri = expanded(name, base)
    told = mentions(found.root, graphs.own_files(found), iri)
    if not told:
        raise VesocError(f"the graph says nothing of {iri}")
    for one in told:
        console.print(one.told(base), markup=False)


def show_coverage(covers: list[Coverage], part_only: bool, as_json: bool, console: Console) -> None:
    """One row a text, then the items that are not covered, and if asked those that carry no promise."""
    if as_json:
        print(json.dumps([_coverage_document(cover) for cover in covers], ensure_ascii=False, indent=2))
        return
    table = Table("text", "items", *Kind, "covered", "measures", "items with more than one", box=None)
    for cover in covers:
        table.add_row(cover.text.slug, str(len(cover.items)), *_numbers(cover))
    console.print(table)
    for cover in covers:
        for covered in cover.of(Kind.NONE):
            console.print(f"not covered: {covered.item.code}", markup=False)
        for covered in cover.of(Kind.PART) if part_only else []:
            console.print(f"{covered.item.code}: {' | '.join(covered.reasons)}", markup=False)


def _numbers(cover: Coverage) -> list[str]:
    measures = {measure for covered in cover.items for measure in covered.measures}
    several = sum(len(covered.measures) > 1 for covered in cover.items)
    share = 1 - cover.count(Kind.NONE) / len(cover.items) if cover.items else 0
    return [*(str(cover.count(kind)) for kind in Kind), f"{share:.1%}", str(len(measures)), str(several)]


def _coverage_document(cover: Coverage) -> dict[str, object]:
    items = [
        {"item": c.item.code, "kind": str(c.kind), "measures": list(c.measures), "reasons": list(c.reasons)}
        for c in cover.items
    ]
    return {"text": cover.text.slug, "counts": {str(kind): cover.count(kind) for kind in Kind}, "items": items}


def _media_type(form: str) -> str:
    offers = {offer.suffix: offer.types[0] for offer in (*formats.TABLES, *formats.GRAPHS)}
    if form not in offers:
        raise VesocError(f"unknown format {form!r}; there are table, {', '.join(offers)}")
    return offers[form]


def _print_table(dataset: Dataset, text: str, base: str, console: Console) -> None:
    rows = _Rows()
    answer(dataset.store, Query(text), Settings(base=base), rows)
    if not rows.is_table:
        console.print(rows.text, markup=False)
        return
    document = json.loads(rows.text)
    if "boolean" in document:
        console.print(str(document["boolean"]).lower())
        return
    names = document["head"]["vars"]
    table = Table(*(Column(name, overflow="fold") for name in names), box=None)
    for row in document["results"]["bindings"]:
        table.add_row(*(Text(_short(row[name], base)) if name in row else "" for name in names))
    console.print(table)


class _Rows:
    """A reply that keeps the answer."""

    def __init__(self) -> None:
        self._chunks: list[bytes] = []
        self.is_table = True

    @property
    def text(self) -> str:
        return b"".join(self._chunks).decode()

    def start(self, header: dict[str, object]) -> None:
        self.is_table = header["suffix"] == "json"

    def flush(self) -> None:
        """Nothing to do: all is kept."""

    def write(self, data: bytes) -> int:
        self._chunks.append(data)
        return len(data)


def _short(term: dict[str, str], base: str) -> str:
    value = term["value"]
    if term["type"] != "uri":
        return value
    for prefix, iri in prefixes(base).items():
        if value.startswith(iri):
            return f"{prefix}:{value.removeprefix(iri)}"
    return f"<{value}>"
