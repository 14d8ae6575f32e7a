"""The mutation bar: single triples of the graph are damaged, and the findings of `vesoc validate` counted.

Only damages that a rule protects against count. Many are done in one copy of the graph, far apart; what escapes is
tried again alone. docs/validation.md tells what counts as protected, and explains what escapes.

Examples
  python -m benchmarks.mutations
  python -m benchmarks.mutations --sample 1100 --seed 7
  python -m benchmarks.mutations --kind number --kind link --unprotected
  python -m benchmarks.mutations --sample 55 --alone

Progress goes to the standard error, the table to the standard output. Exit code 0 where the shapes catch 95 % of each
kind, 1 where they do not, 2 where the run cannot begin.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Callable

from benchmarks.mutations import report, sample, trial
from benchmarks.mutations.damage import MAKERS
from benchmarks.mutations.demands import Demands
from benchmarks.mutations.judges import judges
from benchmarks.mutations.world import World
from vesoc import graphs, places, settings
from vesoc.errors import VesocError
from vesoc.names import BASE
from vesoc.shapes import Shapes


def main(arguments: list[str] | None = None) -> int:
    """Exit code 1 below the bar, 2 where the run cannot begin."""
    options = _parser().parse_args(arguments)
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it tells of each number that is none
    try:
        return _run(options)
    except VesocError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    started = time.perf_counter()
    found = places.find()
    shapes = Shapes(found.shapes)
    files = [file for file in graphs.own_files(found) if file.slug != graphs.METADATA]
    world = World(quad for file in files for quad in graphs.quads(file, BASE))
    drawn = sample.draw(world, Demands(shapes), options.seed, options.sample, options.kind or list(MAKERS))
    steps = judges(found, shapes, settings.read().sources, tuple(options.step) if options.step else None)
    verdicts = trial.run(world, drawn.chosen, steps, _progress(started), alone=options.alone)
    print(*report.table(verdicts, drawn, list(steps)), sep="\n")
    print(*report.survivors(verdicts), sep="\n")
    if options.unprotected:
        print("No rule protects against:", *report.unprotected(drawn), sep="\n")
    print(f"{len(verdicts)} damages, seed {options.seed}, {time.perf_counter() - started:.0f} s")
    return 0 if report.reaches(verdicts) else 1


def _progress(started: float) -> Callable[[str], None]:
    """A line that is written over on a terminal, and nothing elsewhere."""

    def tell(text: str) -> None:
        if sys.stderr.isatty():
            line = f"{time.perf_counter() - started:5.0f} s  {text}"
            print(f"\r{line[:78]:78}", end="", file=sys.stderr, flush=True)

    return tell


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__, formatter_class=form)
    parser.add_argument("--sample", type=int, default=550, metavar="N", help="how many damages, over all kinds (550)")
    parser.add_argument("--seed", type=int, default=20261122, help="the same seed gives the same damages")
    parser.add_argument("--kind", action="append", choices=list(MAKERS), help="only this kind; more than once for more")
    parser.add_argument("--step", action="append", help="only this step of `vesoc validate`; more than once for more")
    parser.add_argument("--alone", action="store_true", help="each damage in a copy of its own: exact, and slow")
    parser.add_argument("--unprotected", action="store_true", help="tell what no rule protects against")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
