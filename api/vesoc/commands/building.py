"""The command that makes a store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.filesize import decimal

from vesoc import graphs, places, settings
from vesoc.commands import progress
from vesoc.commands.common import OUT
from vesoc.commands.options import Root
from vesoc.commands.serving import require_valid
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.settings import Settings

if TYPE_CHECKING:
    from vesoc.builds.making import Made, Order

app = typer.Typer()


@app.command(
    epilog="Example: vesoc build --out /srv/vesoc/store   |   vesoc build --out /srv/other big.nt more/   |   "
    "vesoc serve --store /srv/vesoc/store"
)
def build(
    paths: Annotated[list[Path] | None, typer.Argument(help="Other people's RDF instead of our graph.")] = None,
    *,
    out: Annotated[Path | None, typer.Option(help="Folder of the builds (VESOC_STORE).")] = None,
    data: Annotated[list[Path] | None, typer.Option(help="The same; may be repeated.")] = None,
    validate: Annotated[bool, typer.Option(help="Check our graph against the shapes before it is built.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Build though the same data is there already.")] = False,
    keep: Annotated[int, typer.Option(help="Builds that stay, the new one among them.", min=1)] = 2,
    root: Root = None,
) -> None:
    """Make a store on disk for vesoc serve --store: checked, and put in place only when it is whole.

    What was built before is served until then, and goes on to be where this fails (exit code 2).
    """
    from vesoc.builds import making

    chosen = settings.read().with_values(root=root, store=out)
    order = _order(chosen, [*(paths or []), *(data or [])], validate=validate, force=force, keep=keep)
    with progress.told() as tell:
        made = making.build(order, tell)
    _report(made)


def _order(chosen: Settings, paths: list[Path], *, validate: bool, force: bool, keep: int) -> Order:
    from vesoc.builds.making import Order

    found = None if paths else places.find(chosen.root)
    if chosen.store is None:
        raise VesocError("give the folder of the builds by --out or VESOC_STORE")
    if found is None:
        return Order(chosen.store, chosen, tuple(_files(paths)), force=force, keep=keep)
    check = (lambda found: require_valid(chosen, found, "build", "built")) if validate else None
    return Order(chosen.store, chosen, found=found, check=check, force=force, keep=keep)


def _files(paths: list[Path]) -> Iterator[GraphFile]:
    """The files, and those below folders, in the order given; VesocError for one that is not there or is no RDF."""
    for path in paths:
        found = graphs.below(path) if path.is_dir() else [path]
        if not found:
            raise VesocError(f"{path}: there is no RDF below this folder")
        yield from graphs.given_files(found)


def _report(made: Made) -> None:
    told = made.manifest
    done = "made" if made.new else "is there already, and no other was made"
    OUT.print(f"build {done}: {told.triples:,} triples, {decimal(sum(told.parts.values()))}, digest {told.digest[:16]}")
    OUT.print(str(made.folder), markup=False)
    for folder, why in made.stay.items():
        OUT.print(f"{folder} stays: {why}", markup=False)
