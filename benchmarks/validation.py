"""How long validation takes: the whole run and the shapes alone, beside pySHACL and pyshacl-turbo on the same graph."""

from __future__ import annotations

import argparse
import io
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version

import pyshacl

from vesoc import places, settings, validation
from vesoc.checks.order import Order, carry_out
from vesoc.conversion import as_graph, as_store
from vesoc.graphs import METADATA, own_files, quads
from vesoc.names import BASE
from vesoc.shapes import Shapes

ROUNDS = 3


def main() -> None:
    """Print the medians of interleaved rounds, and each peer's time as a multiple of ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument(
        "--on-rdflib", action="store_true", help="pySHACL with its SPARQL on rdflib as well, which takes minutes"
    )
    chosen = parser.parse_args()
    found = places.find()
    triples = [quad for file in own_files(found) if file.slug != METADATA for quad in quads(file, BASE)]
    shapes = Shapes(found.shapes)
    print(f"{len(triples)} triples, {len(shapes.rules)} rules, {len(shapes.targeted)} shapes with a target")
    times = _rounds(_contestants(triples, shapes), chosen.rounds)
    ours = times["vesoc, shapes"]
    for name, seconds in times.items():
        print(f"{name:<28} {seconds:7.2f} s   {seconds / ours:6.1f} times the shapes alone")
    if chosen.on_rdflib:
        data = as_graph(triples)
        seconds = _seconds(lambda: pyshacl.validate(data, shacl_graph=shapes.graph, inference="none"))
        print(f"{'pySHACL on rdflib, once':<28} {seconds:7.2f} s   {seconds / ours:6.1f} times the shapes alone")


def _contestants(triples: list[validation.pyoxigraph.Quad], shapes: Shapes) -> dict[str, Callable[[], object]]:
    """Our whole run, all its steps, reads the files too; the others are given the graph."""
    store = as_store(triples)
    plain = f"pySHACL {version('pyshacl')} on Oxigraph"
    return {
        "vesoc, all steps": lambda: carry_out(Order(settings.read()), io.BytesIO(), lambda step: None),
        "vesoc, shapes": lambda: validation.check(triples, shapes),
        plain: lambda: pyshacl.validate(store, shacl_graph=shapes.graph, inference="none"),
    }


def _rounds(contestants: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median of each in seconds; in each round all have their turn."""
    times = [{name: _seconds(work) for name, work in contestants.items()} for _ in range(rounds)]
    return {name: statistics.median(turn[name] for turn in times) for name in contestants}


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
