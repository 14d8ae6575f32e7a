"""Commands that publish: releases of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from vesoc import dataset, settings
from vesoc.commands.common import OUT, Root, load
from vesoc.errors import VesocError

app = typer.Typer()


@app.command(epilog="Example: vesoc export --out dist/dumps")
def export(
    out: Annotated[Path, typer.Option(help="Folder for vesoc.nq.gz, vesoc.ttl.gz and vesoc.nt.gz.")],
    root: Root = None,
) -> None:
    """Write the dumps of the graph: the same bytes for the same data."""
    chosen = settings.read().with_values(root=root)
    data = load(chosen, None)
    try:
        dataset.write_dumps(data, out)
    except OSError as error:
        raise VesocError(f"{out}: cannot be written ({error.strerror}); choose another folder by --out") from None
    OUT.print(f"{data.counts.triples} triples, digest {data.digest}, in {out}")
