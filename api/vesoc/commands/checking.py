"""Commands that check the form of files, the texts against the graph, the pointers against the texts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vesoc import console, places, settings
from vesoc.commands.common import OUT, load
from vesoc.commands.options import AsJson, Root
from vesoc.errors import VesocError
from vesoc.settings import Settings

app = typer.Typer()
Sources = Annotated[Path | None, typer.Option(help="Folder with the source texts (VESOC_SOURCES).")]


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


@app.command("format", epilog="Example: vesoc format data/ttl/iab   |   vesoc format --check")
def formatting(
    paths: Annotated[list[Path] | None, typer.Argument(help="Turtle files or folders; none: our graph.")] = None,
    check: Annotated[bool, typer.Option(help="Only tell which are not: exit code 1 when there are any.")] = False,
    root: Root = None,
) -> None:
    """Put Turtle files into their canonical form; comments are lost, so say it as a triple."""
    from vesoc import canonical

    found = places.find(settings.read().with_values(root=root).root) if not paths else None
    chosen = paths or ([found.ontology, found.data, found.shapes] if found else [])
    changed = canonical.rewrite(chosen, keep=check)
    for file, comments in changed.items():
        gone = f"; {comments} comment{' is' if comments == 1 else 's are'} gone" if comments else ""
        OUT.print(f"{file}: {'is not in its canonical form' if check else f'formatted{gone}'}", markup=False)
    raise typer.Exit(int(check and bool(changed)))


def _sources(chosen: Settings) -> Path:
    if chosen.sources is None:
        raise VesocError("the source texts are needed: give their folder by --sources or VESOC_SOURCES")
    return chosen.sources
