"""The options that commands share; who only reads the command line needs no more of `common`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vesoc import graphs


class Language(StrEnum):
    """A language of the messages."""

    NL = "nl"
    EN = "en"


Root = Annotated[Path | None, typer.Option(help="Folder that holds ontology/, data/ttl/, shapes/ and queries/.")]
Data = Annotated[
    list[Path] | None, typer.Option(help=f"Other people's RDF instead of our graph ({' '.join(graphs.SUFFIXES)}).")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
