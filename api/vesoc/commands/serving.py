"""Commands that serve the graph and tell where it is."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesoc import graphs, hangups, places, settings
from vesoc.commands.options import Data, Root
from vesoc.errors import VesocError
from vesoc.settings import Settings

if TYPE_CHECKING:
    from vesoc.checks.finding import Finding
    from vesoc.pool import Orders
    from vesoc.spare import Spare

app = typer.Typer()


@app.command(epilog="Example: vesoc serve --port 8080   |   vesoc serve --data my.ttl --no-validate")
def serve(
    ctx: typer.Context,
    *,
    data: Data = None,
    validate: Annotated[bool, typer.Option(help="Check our graph against the shapes before serving.")] = True,
    host: Annotated[str | None, typer.Option(help="Address to listen on (VESOC_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (VESOC_PORT); 0 takes a free one.")] = None,
    processes: Annotated[
        int | None, typer.Option(help="Web processes, each with an engine of its own (VESOC_PROCESSES).")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of vesoc build, to serve what it made (VESOC_STORE).")
    ] = None,
    reload: Annotated[bool, typer.Option(help="Take new data when files change, as SIGHUP does at once.")] = False,
    root: Root = None,
) -> None:
    """Serve the graph over HTTP: SPARQL, resources, dumps. SIGHUP loads the files anew without a stop."""
    with hangups.caught() as caught:
        _tell_misspelt()
        if data and store:
            raise VesocError("serve the files of --data or the build of --store, but not both")
        chosen = settings.read().with_values(host=host, port=port, processes=processes, store=store, root=root)
        if data and chosen.sparql_url:
            raise VesocError("--data and VESOC_SPARQL_URL each tell where the data is; leave one of them out")
        orders = _given(data, watch=reload) if data else _orders(chosen, validate=validate, watch=reload)
        _serve(chosen, orders, caught, ctx.obj)


@app.command(epilog="Example: VESOC_PORT=8080 vesoc where")
def where(root: Root = None) -> None:
    """Show where the graph's files are and which settings are in force."""
    from rich.table import Table

    from vesoc.commands.common import OUT

    _tell_misspelt()
    chosen = settings.read().with_values(root=root)
    OUT.print(f"graph: {places.find(chosen.root).root}", markup=False)
    table = Table("setting", "value", "meaning", box=None)
    for row in chosen.table():
        table.add_row(*row)
    OUT.print(table)


def _tell_misspelt() -> None:
    for name, meant in settings.misspelt().items():
        print(f"vesoc: {name} is no setting, and is not read; did you mean {meant}?", file=sys.stderr, flush=True)


def _serve(chosen: Settings, orders: Orders, caught: hangups.Hangups, engine: Spare) -> None:
    if chosen.processes > 1:
        from vesoc import processes

        engine.end()  # each of them begins an engine of its own
        processes.run(chosen, orders, caught)
    else:
        from vesoc import server

        server.run(chosen, orders, caught, engine)


def _given(data: list[Path], *, watch: bool) -> Orders:
    from vesoc.pool import Orders

    return Orders(None, tuple(file.path.absolute() for file in graphs.given_files(data)), watch=watch)


def _orders(chosen: Settings, *, validate: bool, watch: bool) -> Orders:
    """An engine elsewhere, or a build, which have been validated, or the files of our graph."""
    from vesoc.pool import Orders

    if chosen.sparql_url:
        return _elsewhere(chosen)
    if chosen.store:
        return Orders(None, watch=watch, store=chosen.store.absolute())
    found = places.find(chosen.root)
    if validate:
        require_valid(chosen, found)
    return Orders((chosen.root or found.root).absolute(), validate=validate, watch=watch)


def _elsewhere(chosen: Settings) -> Orders:
    """The files that go with the data of an engine elsewhere, where they are here: queries, shapes, texts."""
    from vesoc.pool import Orders

    if chosen.store:
        raise VesocError("VESOC_SPARQL_URL and VESOC_STORE each tell where the data is; leave one of them out")
    root: Path | None = None
    with contextlib.suppress(VesocError):
        root = (chosen.root or places.find().root).absolute()
        places.find(root)
    return Orders(root)


def require_valid(chosen: Settings, found: places.Places, do: str = "serve", done: str = "served") -> None:
    """VesocError where our graph breaks a rule, so that it may not be served; what it breaks is printed."""
    from vesoc.checks.soundness import violations
    from vesoc.commands.common import steps

    with steps("validating"):
        breaches = violations(found, chosen.base)
    if breaches:
        _tell(breaches, chosen)
        raise VesocError(
            f"the graph breaks a rule, so it is not {done}; mend it, or {do} it all the same with --no-validate"
        )


def _tell(breaches: tuple[Finding, ...], chosen: Settings) -> None:
    from vesoc.checks.outcome import Outcome
    from vesoc.commands.common import ERR
    from vesoc.reports import text
    from vesoc.reports.options import Options

    for line in text.lines(Outcome(breaches), "en", Options(chosen.base)):
        ERR.print(line.text, markup=False)
