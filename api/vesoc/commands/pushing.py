"""The command that puts data into an engine elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from vesoc import settings
from vesoc.commands.common import ERR, OUT, steps
from vesoc.commands.options import Root
from vesoc.errors import VesocError

if TYPE_CHECKING:
    from vesoc.pushing.engine import Engine
    from vesoc.pushing.material import Material
    from vesoc.pushing.push import Outcome, Plan, Push, Watcher
    from vesoc.settings import Settings

_PAUSE = 15.0  # seconds between two lines of a log
_SHOWN = 20  # graphs that are named

app = typer.Typer()


@app.command(
    epilog="Example: VESOC_SPARQL_URL=http://HOST:7878/query VESOC_SPARQL_GRAPHS=http://HOST:7878/store "
    "vesoc push --from /srv/vesoc/store"
)
def push(
    *,
    folder: Annotated[
        Path | None, typer.Option("--from", help="Folder of builds, instead of the files of our graph.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be done; change nothing.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only count; exit code 1 also where the engine tells of other data.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Compare every statement; values in other forms are findings.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite graphs that no push put there.")] = False,
    timeout: Annotated[float, typer.Option(help="Seconds that the engine may be silent in a request.", min=0.1)] = 120,
    root: Root = None,
) -> None:
    """Put a build, or our own graph, into the engine of VESOC_SPARQL_URL, graph by graph, and count it there.

    The same command goes on where one was broken off. Exit code 1 where the engine does not hold what it was given.
    """
    from vesoc.pushing import push as pushing
    from vesoc.pushing.engine import Engine
    from vesoc.pushing.requests import Requests

    chosen = settings.read().with_values(root=root)
    with _material(chosen, folder) as material, closing(Requests(chosen, timeout)) as requests:
        engine = Engine(chosen, requests)
        if verify:
            raise typer.Exit(_verified(engine, material))
        planned = pushing.plan(engine, material)
        if dry_run:
            return _tell_plan(planned, material, engine)
        with _watched(planned, material) as watcher:
            work = pushing.Push(engine, material, watcher, replace=replace, strict=strict)
            began = time.monotonic()
            outcome = _done(work, planned)
        _tell(planned, material, engine, time.monotonic() - began)
        raise typer.Exit(_tell_findings(outcome, strict))


@contextmanager
def _material(chosen: Settings, folder: Path | None) -> Iterator[Material]:
    from vesoc.pushing import material

    if folder:
        with material.of_build(folder, chosen.base) as found:
            yield found
    else:
        with steps("reading"):
            found = material.of_files(chosen)
        yield found


def _done(work: Push, planned: Plan) -> Outcome:
    """The outcome; VesocError that tells how far it was where it was broken off."""
    from vesoc.pushing.push import Overtaken
    from vesoc.pushing.requests import Unreachable

    try:
        return work.run(planned)
    except Overtaken:
        raise
    except KeyboardInterrupt:
        work.note()
        raise VesocError(f"stopped; {work.standing()}") from None
    except VesocError as error:
        if not work.begun:
            raise
        if not isinstance(error, Unreachable):
            work.note()
        raise VesocError(f"{error}; {work.standing()}") from None


def _verified(engine: Engine, material: Material) -> int:
    from vesoc.pushing.push import numbers, same

    stand = engine.stand()
    wrong = numbers(engine, material, stand)
    other = stand is not None and not same(stand, material)
    told = f"{stand.status}{' of other data' if other else ''}" if stand else "nothing"
    right = len(material.graphs) - len(wrong.keys() & material.graphs.keys())
    _tell_line(f"{engine.address} says {told}; {right} of {len(material.graphs)} graphs have as many triples as wanted")
    _tell_wrong(wrong)
    return int(bool(wrong) or other or (stand is not None and not stand.complete))


def _tell_line(text: str) -> None:
    OUT.print(text, markup=False)  # brackets of an address are no markup


def _tell_plan(planned: Plan, material: Material, engine: Engine) -> None:
    triples = sum(material.graphs[iri] for iri in planned.sent)
    way = "the Graph Store Protocol" if engine.by_graphs else "updates"
    _tell_line(f"{len(planned.sent)} graphs with {triples:,} triples would go to {engine.address} by {way}")
    _tell_graphs(planned.sent, material)
    if planned.kept:
        OUT.print(f"{len(planned.kept)} graphs are there already")
    if planned.taken:
        OUT.print(f"{len(planned.taken)} of them are there, but not from a push: it would need --replace")
    if planned.gone:
        OUT.print(f"{len(planned.gone)} graphs would be taken away, which a push before this one put there")
        for iri in planned.gone[:_SHOWN]:
            _tell_line(f"  {iri}")


def _tell_graphs(iris: tuple[str, ...], material: Material) -> None:
    for iri in iris[:_SHOWN]:
        _tell_line(f"  {iri} {material.graphs[iri]:,}")
    if len(iris) > _SHOWN:
        OUT.print(f"  and {len(iris) - _SHOWN} more")


def _tell(planned: Plan, material: Material, engine: Engine, seconds: float) -> None:
    triples = sum(material.graphs[iri] for iri in planned.sent)
    if planned.complete:
        _tell_line(f"{engine.address} holds {len(planned.kept)} graphs of this data already; nothing was sent")
        return
    _tell_line(f"{len(planned.sent)} graphs with {triples:,} triples sent to {engine.address} in {seconds:.1f} s")
    if planned.kept or planned.gone:
        OUT.print(f"{len(planned.kept)} graphs were there already, {len(planned.gone)} were taken away")


def _tell_findings(outcome: Outcome, strict: bool) -> int:
    """What is not as it was given, and the exit code."""
    _tell_wrong(outcome.wrong)
    for iri in outcome.named:
        ERR.print(f"{iri}: sent in parts, so its blank nodes have IRIs in the engine (skolemized)", markup=False)
    for iri, reason in outcome.unread.items():
        ERR.print(f"{iri}: its values could not be compared ({reason})", markup=False)
    changed = False
    for iri, found in outcome.compared.items():
        for one in found.differences:
            changed = True
            ERR.print(
                f"{iri}: {one.number:,} of {found.compared:,} triples came back with another {one.kind}, "
                f"such as {one.found} for {one.given}",
                markup=False,
            )
    return int(bool(outcome.wrong) or (strict and (changed or bool(outcome.unread))))


def _tell_wrong(wrong: dict[str, tuple[int, int]]) -> None:
    for iri, (wanted, found) in list(wrong.items())[:_SHOWN]:
        ERR.print(f"{iri}: {found:,} triples in the engine instead of {wanted:,}", markup=False)
    if len(wrong) > _SHOWN:
        ERR.print(f"and {len(wrong) - _SHOWN} more")


@contextmanager
def _watched(planned: Plan, material: Material) -> Iterator[Watcher]:
    """A bar on a terminal, some lines in a log."""
    total = sum(material.graphs[iri] for iri in planned.sent)
    if not ERR.is_terminal:
        yield _Log(total, len(planned.sent))
        return
    columns = TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.completed:,.0f} triples")
    with Progress(*columns, TimeElapsedColumn(), TimeRemainingColumn(), console=ERR, transient=True) as progress:
        yield _Bar(progress, progress.add_task("pushing", total=total))


class _Bar:
    """Progress on a terminal."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def sent(self, iri: str, triples: int) -> None:
        """Draw it."""
        self._progress.update(self._task, advance=triples, description=f"pushing {iri.rpartition('/')[2]}")

    def done(self, iri: str, triples: int, seconds: float) -> None:
        """Nothing to draw."""


class _Log:
    """Progress in a log, a line every now and then."""

    def __init__(self, total: int, graphs: int) -> None:
        self._total = total
        self._graphs = graphs
        self._triples = self._done = 0
        self._told = time.monotonic()

    def sent(self, iri: str, triples: int) -> None:
        """Tell it, if nothing was told for a while."""
        self._triples += triples
        if time.monotonic() - self._told > _PAUSE:
            self._told = time.monotonic()
            ERR.print(f"{self._done} of {self._graphs} graphs, {self._triples:,} of {self._total:,} triples sent")

    def done(self, iri: str, triples: int, seconds: float) -> None:
        """Count it."""
        self._done += 1
