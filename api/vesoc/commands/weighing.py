"""The command that weighs what changed since a release."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesoc import places, settings
from vesoc.commands.common import OUT, steps
from vesoc.commands.options import AsJson, Root
from vesoc.errors import VesocError

if TYPE_CHECKING:
    from vesoc.versions.edition import Edition, Finder

app = typer.Typer()
_SHOWN = 10


@app.command(epilog="Example: vesoc weigh   |   vesoc weigh 1.0.0 1.1.0   |   vesoc weigh v1.0.0 HEAD --all")
def weigh(
    old: Annotated[str | None, typer.Argument(help="A release, tag, revision or folder; the last release.")] = None,
    new: Annotated[str | None, typer.Argument(help="Another; the graph as its files are now by default.")] = None,
    *,
    version: Annotated[str | None, typer.Option("--for", help="The version meant; that of NEW by default.")] = None,
    whole: Annotated[bool, typer.Option("--all", help="Show each of many alike differences.")] = False,
    as_json: AsJson = False,
    releases: Annotated[Path | None, typer.Option(help="Folder of the releases (VESOC_RELEASES).")] = None,
    root: Root = None,
) -> None:
    """Tell what changes ask of the version number: exit code 1 when the version is lower than they ask."""
    from vesoc.versions import comparison, telling
    from vesoc.versions.edition import Finder
    from vesoc.versions.last import last
    from vesoc.versions.number import number

    chosen = settings.read().with_values(root=root, releases=releases)
    found = places.find(chosen.root).root
    finder = Finder(found, chosen.releases, chosen.base)
    name = old or last(found, chosen.releases)
    if name is None:
        raise VesocError("there is no release yet: nothing to compare with; name what to compare, such as HEAD")
    with steps("comparing") as step:
        step(name)
        before, after = finder.find(name), _edition(finder, new, found)
        told = comparison.compare(before, after)
    if before.version is None:
        raise VesocError(f"{name}: its metadata says no version of dataset/vesoc")
    least, meant = told.least(before.version), version or after.version
    teller = telling.Teller(told, chosen.base, None if whole else _SHOWN)
    lines = [teller.document(str(least), meant)] if as_json else [*teller.text(), f"least version: {least}"]
    for line in lines:
        OUT.print(line, markup=False)
    enough = meant is not None and (number(meant) >= least or (not told.differences and meant == before.version))
    raise typer.Exit(int(not enough))


def _edition(finder: Finder, new: str | None, root: Path) -> Edition:
    return finder.find(new) if new else finder.own(root, "the files")
