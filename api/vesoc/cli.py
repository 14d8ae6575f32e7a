"""The command line: serve, ask, check, publish.

Exit codes: 0 fine, 1 findings, 2 cannot run.
"""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

from vesoc import __version__
from vesoc.commands import (
    asking,
    authoring,
    building,
    checking,
    comparing,
    publishing,
    pushing,
    serving,
    validating,
    weighing,
)
from vesoc.commands.common import ERR
from vesoc.errors import ReaderGone, VesocError

app = typer.Typer(
    name="vesoc",
    help="The VESOC knowledge graph: serve it, ask it, check it, export it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for group in (serving, building, validating, checking, asking, publishing, pushing, authoring, comparing, weighing):
    app.add_typer(group.app)


def main() -> None:
    """Run a command; an error that the user can mend is one line and exit code 2."""
    try:
        app()
    except (BrokenPipeError, ReaderGone):
        # Who reads has enough; nothing more may be written when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except VesocError as error:
        ERR.print(f"vesoc: {error}", markup=False)
        sys.exit(2)


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        print(f"vesoc {__version__}")
        raise typer.Exit


logging.getLogger("vesoc").addHandler(logging.NullHandler())

if __name__ == "__main__":
    main()
