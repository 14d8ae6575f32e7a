"""The command line: serve, validate, query, describe, export, coverage, evidence, where.

Exit codes: 0 fine, 1 findings, 2 cannot run.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from pyoxigraph import Quad
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from vesoc import __version__, console, dataset, graphs, places, settings
from vesoc.errors import ReaderGone, VesocError
from vesoc.graphs import GraphFile
from vesoc.library import Library
from vesoc.settings import Settings

app = typer.Typer(
    name="vesoc",
    help="The VESOC knowledge graph: serve it, ask it, check it, export it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WIDE = 240  # columns where the output is no terminal, so that nothing is cut
_OUT = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _WIDE)
_ERR = Console(stderr=True, highlight=False, soft_wrap=True)


class Language(StrEnum):
    """A language of the messages."""

    NL = "nl"
    EN = "en"


Root = Annotated[Path | None, typer.Option(help="Folder that holds ontology/, data/ttl/, shapes/ and queries/.")]
Data = Annotated[
    list[Path] | None, typer.Option(help="Other people's RDF instead of our graph (.ttl .trig .nt .nq .rdf .jsonld).")
]
Sources = Annotated[Path | None, typer.Option(help="Folder with the source texts (VESOC_SOURCES).")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


def main() -> None:
    """Run a command; an error that the user can mend is one line and exit code 2."""
    try:
        app()
    except (BrokenPipeError, ReaderGone):
        # Who reads has enough; nothing more may be written when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except VesocError as error:
        _ERR.print(f"vesoc: {error}", markup=False)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        print(f"vesoc {__version__}")
        raise typer.Exit


@app.command(epilog="Example: vesoc serve --port 8080   |   vesoc serve --data my.ttl --no-validate")
def serve(
    data: Data = None,
    validate: Annotated[bool, typer.Option(help="Check our graph against the shapes before serving.")] = True,
    host: Annotated[str | None, typer.Option(help="Address to listen on (VESOC_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (VESOC_PORT); 0 takes a free one.")] = None,
    root: Root = None,
) -> None:
    """Serve the graph over HTTP: SPARQL, resources, dumps."""
    from vesoc import server

    chosen = settings.read().with_values(host=host, port=port, root=root)
    if data:
        orders = server.Orders(None, tuple(file.path for file in graphs.given_files(data)))
    else:
        found = places.find(chosen.root)
        orders = server.Orders(found.root)
        if validate:
            _require_valid(chosen, found)
    server.run(chosen, orders)


@app.command(epilog="Example: vesoc validate --strict")
def validate(
    root: Root = None,
    strict: Annotated[bool, typer.Option(help="Warnings and remarks fail as well.")] = False,
    as_json: AsJson = False,
    language: Annotated[Language, typer.Option("--lang", help="Language of the messages.")] = Language.EN,
) -> None:
    """Check the graph against the SHACL shapes: exit code 1 when a rule is broken."""
    chosen = settings.read().with_values(root=root)
    report = _validated(chosen, places.find(chosen.root))
    if as_json:
        findings = [{**asdict(finding), "messages": dict(finding.messages)} for finding in report.findings]
        print(json.dumps({"conforms": report.conforms, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        console.show_findings(report, language, _OUT)
    raise typer.Exit(0 if report.conforms and not (strict and report.findings) else 1)


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
    console.ask(_load(chosen, data), _query_text(text, chosen, param or []), form, chosen.base, _OUT)


@app.command(epilog="Example: vesoc describe akk:ahad   |   vesoc describe mtr:ahad-s01-4a --format jsonld")
def describe(
    thing: Annotated[str, typer.Argument(help="A name with a prefix (mtr:ahad-s01-4a), or an IRI.")],
    form: Annotated[str, typer.Option("--format", help="ttl, nt, rdf, jsonld, nq, trig.")] = "ttl",
    data: Data = None,
    root: Root = None,
) -> None:
    """Tell what the graph says of a thing, and which line of which file says so."""
    chosen = settings.read().with_values(root=root)
    console.describe(_load(chosen, data), thing, form, None if data else places.find(chosen.root), _ERR)


@app.command(epilog="Example: vesoc queries")
def queries(root: Root = None) -> None:
    """List the queries of the library, with their parameters."""
    for query in Library(places.find(settings.read().with_values(root=root).root).queries):
        parameters = "".join(f" --param {parameter.name}=…" for parameter in query.parameters)
        _OUT.print(f"{query.name}{parameters}\n    {query.question('en')}", markup=False)


@app.command(epilog="Example: vesoc export --out dist/dumps")
def export(
    out: Annotated[Path, typer.Option(help="Folder for vesoc.nq.gz, vesoc.ttl.gz and vesoc.nt.gz.")],
    root: Root = None,
) -> None:
    """Write the dumps of the graph: the same bytes for the same data."""
    chosen = settings.read().with_values(root=root)
    data = _load(chosen, None)
    try:
        dataset.write_dumps(data, out)
    except OSError as error:
        raise VesocError(f"{out}: cannot be written ({error.strerror}); choose another folder by --out") from None
    _OUT.print(f"{data.counts.triples} triples, digest {data.digest}, in {out}")


@app.command(epilog="Example: vesoc coverage --sources texts/ --part-only")
def coverage(
    sources: Sources = None,
    part_only: Annotated[bool, typer.Option(help="List the items that carry no promise, with the reason.")] = False,
    as_json: AsJson = False,
    root: Root = None,
) -> None:
    """Tell, for each text, which list items the graph bears out or speaks of: exit code 1 when one is left out."""
    from vesoc import coverage as covering
    from vesoc import texts

    chosen = settings.read().with_values(root=root, sources=sources)
    data = _load(chosen, None)
    found = texts.find(data.store, data.base, _sources(chosen))
    covers = [covering.cover(data.store, data.base, text) for text in found]
    console.show_coverage(covers, part_only, as_json, _OUT)
    raise typer.Exit(int(any(cover.count(covering.Kind.NONE) for cover in covers)))


@app.command(epilog="Example: vesoc evidence --sources texts/")
def evidence(sources: Sources = None, root: Root = None) -> None:
    """Verify every pointer into the texts: digests, ranges, section paths, list items. Exit code 1 on a fault."""
    from vesoc import evidence as pointers
    from vesoc import texts

    chosen = settings.read().with_values(root=root, sources=sources)
    data = _load(chosen, None)
    faults = 0
    for text in texts.find(data.store, data.base, _sources(chosen)):
        number, found = pointers.verify(data.store, data.base, text)
        faults += len(found)
        _OUT.print(f"{text.slug}: {number} pointers, {len(found)} faults")
        for fault in found:
            _OUT.print(f"  {fault.evidence}: {fault.reason}", markup=False)
    raise typer.Exit(int(faults > 0))


@app.command(epilog="Example: VESOC_PORT=8080 vesoc where")
def where(root: Root = None) -> None:
    """Show where the graph's files are and which settings are in force."""
    chosen = settings.read().with_values(root=root)
    _OUT.print(f"graph: {places.find(chosen.root).root}", markup=False)
    table = Table("setting", "value", "meaning", box=None)
    for row in chosen.table():
        table.add_row(*row)
    _OUT.print(table)


def _load(chosen: Settings, data: list[Path] | None) -> dataset.Dataset:
    with _progress("reading") as step:
        if data:
            return dataset.build_given(graphs.given_files(data), chosen.base, step)
        files = graphs.own_files(places.find(chosen.root))
        return dataset.build_own(files, chosen.base, chosen.address, step)


def _validated(chosen: Settings, found: places.Places) -> Any:
    from vesoc import validation

    files = [file for file in graphs.own_files(found) if file.slug != graphs.METADATA]
    with _progress("validating") as step:
        quads: list[Quad] = []
        for file in files:
            step(file)
            quads += graphs.quads(file, chosen.base)
        return validation.check(quads, found.shapes)


def _require_valid(chosen: Settings, found: places.Places) -> None:
    report = _validated(chosen, found)
    if not report.conforms:
        console.show_findings(report, "en", _ERR)
        raise VesocError(
            "the graph breaks a rule, so it is not served; mend it, or serve it all the same with --no-validate"
        )


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


def _sources(chosen: Settings) -> Path:
    if chosen.sources is None:
        raise VesocError("the source texts are needed: give their folder by --sources or VESOC_SOURCES")
    return chosen.sources


@contextmanager
def _progress(what: str) -> Iterator[Callable[[GraphFile], None]]:
    """Progress on a terminal, on the standard error; quiet elsewhere."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=_ERR, transient=True, disable=not _ERR.is_terminal) as progress:
        task = progress.add_task(what)
        yield lambda file: progress.update(task, description=f"{what} {file.path.name}")


logging.getLogger("vesoc").addHandler(logging.NullHandler())

if __name__ == "__main__":
    main()
