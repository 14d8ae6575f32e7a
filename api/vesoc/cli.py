"""The command line: serve, ask, check, publish.

Exit codes: 0 fine, 1 findings, 2 cannot run.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from vesoc import __version__
from vesoc.errors import ReaderGone, VesocError
from vesoc.spare import Spare

# Each command and the module that has it, in the order in which they are told of.
_MODULES = MappingProxyType(
    {
        "serve": "serving",
        "where": "serving",
        "build": "building",
        "validate": "validating",
        "coverage": "checking",
        "evidence": "checking",
        "format": "checking",
        "query": "asking",
        "describe": "asking",
        "queries": "asking",
        "export": "publishing",
        "redact": "publishing",
        "quality": "publishing",
        "push": "pushing",
        "rename": "authoring",
        "new": "authoring",
        "diff": "comparing",
        "weigh": "weighing",
    }
)


class _Commands(Mapping[str, Any]):
    """Commands by name, each imported when it is asked for: what others need would make a server start late."""

    def __getitem__(self, name: str) -> Any:
        group = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
        group.add_typer(import_module(f"vesoc.commands.{_MODULES[name]}").app)
        return get_command(group).commands[name]  # type: ignore[attr-defined]

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


class _Group(TyperGroup):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Commands()  # type: ignore[assignment]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line, for which typer imports much; who is to serve has an engine import meanwhile."""
        if [word for word in args if word != "--"][:1] == ["serve"] and "--help" not in args:
            ctx.obj = Spare()
            ctx.call_on_close(ctx.obj.end)
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=_Group,
    name="vesoc",
    help="The VESOC knowledge graph: serve it, ask it, check it, export it.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def main() -> None:
    """Run a command; an error that the user can mend is one line and exit code 2."""
    try:
        app()
    except (BrokenPipeError, ReaderGone):
        # Who reads has enough; nothing more may be written when Python flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except VesocError as error:
        from vesoc.commands.common import ERR

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
