"""Commands that check: the graph against its shapes, the texts against the graph, the pointers against the texts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from pyoxigraph import Quad

from vesoc import console, graphs, places, settings
from vesoc.commands.common import OUT, AsJson, Language, Root, load, progress
from vesoc.errors import VesocError
from vesoc.settings import Settings

app = typer.Typer()
Sources = Annotated[Path | None, typer.Option(help="Folder with the source texts (VESOC_SOURCES).")]


@app.command(epilog="Example: vesoc validate --strict   |   vesoc validate --catalog")
def validate(
    *,
    root: Root = None,
    strict: Annotated[bool, typer.Option(help="Warnings and remarks fail as well.")] = False,
    catalog: Annotated[bool, typer.Option(help="The catalogue instead, and whether it may be harvested.")] = False,
    shapes: Annotated[list[Path] | None, typer.Option(help="More shapes for the catalogue: files or folders.")] = None,
    as_json: AsJson = False,
    language: Annotated[Language, typer.Option("--lang", help="Language of the messages.")] = Language.EN,
) -> None:
    """Check the graph against the SHACL shapes: exit code 1 when a rule is broken."""
    if shapes and not catalog:
        raise VesocError("--shapes adds shapes for the catalogue: give --catalog as well")
    chosen = settings.read().with_values(root=root)
    report = catalogued(chosen, shapes or []) if catalog else validated(chosen, places.find(chosen.root))
    if as_json:
        findings = [{**asdict(finding), "messages": dict(finding.messages)} for finding in report.findings]
        print(json.dumps({"conforms": report.conforms, "findings": findings}, ensure_ascii=False, indent=2))
    else:
        console.show_findings(report, language, OUT)
    raise typer.Exit(0 if report.conforms and not (strict and report.findings) else 1)


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
    data = load(chosen, None)
    found = texts.find(data.store, data.base, _sources(chosen))
    covers = [covering.cover(data.store, data.base, text) for text in found]
    console.show_coverage(covers, part_only, as_json, OUT)
    raise typer.Exit(int(any(cover.count(covering.Kind.NONE) for cover in covers)))


@app.command(epilog="Example: vesoc evidence --sources texts/")
def evidence(sources: Sources = None, root: Root = None) -> None:
    """Verify every pointer into the texts: digests, ranges, section paths, list items. Exit code 1 on a fault."""
    from vesoc import evidence as pointers
    from vesoc import texts

    chosen = settings.read().with_values(root=root, sources=sources)
    data = load(chosen, None)
    faults = 0
    for text in texts.find(data.store, data.base, _sources(chosen)):
        number, found = pointers.verify(data.store, data.base, text)
        faults += len(found)
        OUT.print(f"{text.slug}: {number} pointers, {len(found)} faults")
        for fault in found:
            OUT.print(f"  {fault.evidence}: {fault.reason}", markup=False)
    raise typer.Exit(int(faults > 0))


def validated(chosen: Settings, found: places.Places) -> Any:
    """What the shapes find in our graph."""
    from vesoc import validation

    files = [file for file in graphs.own_files(found) if file.slug != graphs.METADATA]
    with progress("validating") as step:
        quads: list[Quad] = []
        for file in files:
            step(file)
            quads += graphs.quads(file, chosen.base)
        return validation.check(quads, found.shapes)


def catalogued(chosen: Settings, shapes: list[Path]) -> Any:
    """What keeps the catalogue from being harvested: settings that are not made, or what the shapes find in it."""
    from vesoc import publisher
    from vesoc.catalogue import conformity
    from vesoc.releases import content

    if chosen.missing():
        return conformity.unset(chosen)
    used = conformity.shapes(shapes)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        told = content.heading(places.find(chosen.root), chosen.base)
        publisher.publish(load(chosen), chosen, told, made)
        return conformity.conformity(made, used)


def _sources(chosen: Settings) -> Path:
    if chosen.sources is None:
        raise VesocError("the source texts are needed: give their folder by --sources or VESOC_SOURCES")
    return chosen.sources
