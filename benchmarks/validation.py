"""How long the whole graph takes to validate: ours beside pySHACL alone on the same graph, in the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pyshacl

from vesoc import graphs, places, validation
from vesoc.conversion import as_graph
from vesoc.names import BASE
from vesoc.shapes import Shapes

ROUNDS = 5


def main() -> None:
    """Print both medians and their ratio."""
    found = places.find()
    files = [file for file in graphs.own_files(found) if file.slug != graphs.METADATA]
    quads = [quad for file in files for quad in graphs.quads(file, BASE)]
    shapes = Shapes(found.shapes)
    data = as_graph(quads)
    ours = _median(lambda: validation.check(quads, shapes))
    peer = _median(lambda: pyshacl.validate(data, shacl_graph=shapes.graph, inference="none"), rounds=1)
    print(f"{len(quads)} triples, {len(shapes.rules)} rules")
    print(f"vesoc    {ours:6.2f} s, median of {ROUNDS} rounds")
    print(f"pySHACL  {peer:6.2f} s, one round")
    print(f"ratio    {peer / ours:6.1f}")


def _median(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


if __name__ == "__main__":
    main()
