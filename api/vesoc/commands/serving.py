"""Commands that serve the graph and tell where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from vesoc import graphs, hangups, places, settings
from vesoc.commands.common import ERR, OUT, Data, Root, steps
from vesoc.errors import VesocError
from vesoc.settings import Settings

if TYPE_CHECKING:
    from vesoc.checks.finding import Finding

app = typer.Typer()


@app.command(epilog="Example: vesoc serve --port 8080   |   vesoc serve --data my.ttl --no-validate")
def serve(
    *,
    data: Data = None,
    validate: Annotated[bool, typer.Option(help="Check our graph against the shapes before serving.")] = True,
    host: Annotated[str | None, typer.Option(help="Address to listen on (VESOC_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (VESOC_PORT); 0 takes a free one.")] = None,
    reload: Annotated[bool, typer.Option(help="Take new data when files change, as SIGHUP does at once.")] = False,
    root: Root = None,
) -> None:
    """Serve the graph over HTTP: SPARQL, resources, dumps. SIGHUP loads the files anew without a stop."""
    with hangups.caught() as caught:
        from vesoc import server

        chosen = settings.read().with_values(host=host, port=port, root=root)
        if data:
            given = tuple(file.path.absolute() for file in graphs.given_files(data))
            orders = server.Orders(None, given, watch=reload)
        else:
            found = places.find(chosen.root)
            orders = server.Orders((chosen.root or found.root).absolute(), validate=validate, watch=reload)
            if validate:
                _require_valid(chosen, found)
        server.run(chosen, orders, caught)


@app.command(epilog="Example: VESOC_PORT=8080 vesoc where")
def where(root: Root = None) -> None:
    """Show where the graph's files are and which settings are in force."""
    chosen = settings.read().with_values(root=root)
    OUT.print(f"graph: {places.find(chosen.root).root}", markup=False)
    table = Table("setting", "value", "meaning", box=None)
    for row in chosen.table():
        table.add_row(*row)
    OUT.print(table)


def _require_valid(chosen: Settings, found: places.Places) -> None:
    from vesoc.checks.soundness import violations

    with steps("validating"):
        breaches = violations(found, chosen.base)
    if breaches:
        _tell(breaches, chosen)
        raise VesocError(
            "the graph breaks a rule, so it is not served; mend it, or serve it all the same with --no-validate"
        )


def _tell(breaches: tuple[Finding, ...], chosen: Settings) -> None:
    from vesoc.checks.outcome import Outcome
    from vesoc.reports import text
    from vesoc.reports.options import Options

    for line in text.lines(Outcome(breaches), "en", Options(chosen.base)):
        ERR.print(line.text, markup=False)
