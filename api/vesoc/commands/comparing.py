"""The command that compares two states of the graph."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vesoc import places, settings
from vesoc.commands.common import OUT, steps
from vesoc.commands.options import Language, Root

app = typer.Typer()


class Form(StrEnum):
    """How a difference is told."""

    TEXT = "text"
    JSON = "json"
    PATCH = "patch"


@app.command(epilog="Example: vesoc diff v1.0.0 HEAD   |   vesoc diff 1.0.0 1.1.0 --format patch > to-1.1.0.rdfp")
def diff(
    *,
    old: Annotated[str, typer.Argument(help="A release, a revision of git, a file or a folder.")],
    new: Annotated[str | None, typer.Argument(help="Another; the graph as its files are now by default.")] = None,
    form: Annotated[Form, typer.Option("--format", help="For people, JSON, or RDF Patch.")] = Form.TEXT,
    full: Annotated[bool, typer.Option("--full", help="Every statement of what came or went whole, too.")] = False,
    language: Annotated[Language, typer.Option("--lang", help="Language of names and words.")] = Language.EN,
    root: Root = None,
) -> None:
    """Tell what differs between two states of the graph, by resource. Exit code 0 where nothing does, else 1."""
    from vesoc.authoring import difference, patch, states, telling

    chosen = settings.read().with_values(root=root)
    found: Path = places.find(chosen.root).root
    with steps("comparing") as step:
        finder = states.Finder(found, chosen.releases, chosen.base, rules=form is not Form.PATCH)
        step(old)
        before = finder.find(old)
        step(new or "the files")
        told = difference.difference(before, finder.find(new or str(found.resolve())))
    if form is Form.PATCH:
        sys.stdout.buffer.write(patch.patch(told, chosen.base))
    else:
        teller = telling.Teller(told, chosen.base, language, full)
        for line in [teller.document()] if form is Form.JSON else teller.text():
            OUT.print(line, markup=False)
    raise typer.Exit(int(bool(told.added or told.removed)))
