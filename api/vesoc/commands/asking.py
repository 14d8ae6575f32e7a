"""Commands that ask the graph something."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from vesoc import console, places, settings
from vesoc.commands.common import ERR, OUT, load
from vesoc.commands.options import Data, Root
from vesoc.errors import VesocError
from vesoc.library import Library
from vesoc.settings import Settings

app = typer.Typer()
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@app.command(epilog="Example: vesoc query 'SELECT * { ?s ?p ?o } LIMIT 5'   |   vesoc query my.rq --format csv")
def query(
    text: Annotated[str, typer.Argument(help="A query of the library, SPARQL, a file that holds it, or - for stdin.")],
    form: Annotated[
        str, typer.Option("--format", help="table, json, xml, csv, tsv; for graphs ttl, nt, rdf, jsonld.")
    ] = "table",
    param: Annotated[list[str] | None, typer.Option(help="Parameter of a library query: name=value.")] = None,
    data: Data = None,
    root: Root = None,
) -> None:
    """Ask the graph, or other people's files, a SPARQL query."""
    chosen = settings.read().with_values(root=root)
    console.ask(load(chosen, data), _query_text(text, chosen, param or []), form, chosen.base, OUT)


@app.command(epilog="Example: vesoc describe akk:ahad   |   vesoc describe mtr:ahad-s01-4a --format jsonld")
def describe(
    thing: Annotated[str, typer.Argument(help="A name with a prefix (mtr:ahad-s01-4a), or an IRI.")],
    form: Annotated[str, typer.Option("--format", help="ttl, nt, rdf, jsonld, nq, trig.")] = "ttl",
    lines: Annotated[
        bool, typer.Option("--lines", help="Each statement with its place, and those that point to it.")
    ] = False,
    data: Data = None,
    root: Root = None,
) -> None:
    """Tell what the graph says of a thing, and which line of which file says so."""
    chosen = settings.read().with_values(root=root)
    if lines:
        _require_own(data)
        console.mention(places.find(chosen.root), thing, chosen.base, OUT)
        return
    console.describe(load(chosen, data), thing, form, None if data else places.find(chosen.root), ERR)


@app.command(epilog="Example: vesoc queries")
def queries(root: Root = None) -> None:
    """List the queries of the library, with their parameters."""
    for query in Library(places.find(settings.read().with_values(root=root).root).queries):
        parameters = "".join(f" --param {parameter.name}=…" for parameter in query.parameters)
        OUT.print(f"{query.name}{parameters}\n    {query.question('en')}", markup=False)


def _require_own(data: list[Path] | None) -> None:
    if data:
        raise VesocError("--lines tells the places in our own files; leave --data out")


def _query_text(text: str, chosen: Settings, parameters: list[str]) -> str:
    if text == "-":
        return sys.stdin.read()
    if _NAME.fullmatch(text):
        query = Library(places.find(chosen.root).queries).get(text)
        return query.filled(dict(_pair(parameter) for parameter in parameters))
    path = Path(text)
    if path.suffix in (".rq", ".sparql"):
        if not path.is_file():
            raise VesocError(f"{path}: no such file")
        return _read(path)
    return text


def _pair(parameter: str) -> tuple[str, str]:
    name, equals, value = parameter.partition("=")
    if not equals:
        raise VesocError(f"--param {parameter}: give it as name=value")
    return name, value


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise VesocError(f"{path}: not UTF-8 text") from None
