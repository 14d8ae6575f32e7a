"""The command that validates: what it looks at, by which steps, and in which forms it tells what it found."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from vesoc import places, settings
from vesoc.commands.common import ERR, OUT, load, steps
from vesoc.commands.options import Language, Root
from vesoc.errors import VesocError

if TYPE_CHECKING:
    from vesoc.checks.order import Order
    from vesoc.checks.outcome import Outcome
    from vesoc.reports.delivery import Delivery
    from vesoc.reports.options import Options

    Run = Callable[[Order], tuple[Outcome, Options]]

app = typer.Typer()
_TICK = 200  # milliseconds between two looks for changes
_WATCHING = {
    "nl": "wacht op wijzigingen; Ctrl-C stopt",
    "en": "watching for changes; Ctrl-C ends it",
}


class Severity(StrEnum):
    """A severity of SHACL."""

    VIOLATION = "Violation"
    WARNING = "Warning"
    INFO = "Info"


Paths = Annotated[
    list[str] | None, typer.Argument(help="Files, folders or addresses of RDF, - for stdin; our graph by default.")
]
Forms = Annotated[
    list[str] | None,
    typer.Option(
        "--format", help="text, json, turtle, junit, sarif or github; =FILE writes it there. May be repeated."
    ),
]
Only = Annotated[list[str] | None, typer.Option(metavar="STEP", help="Only this step; may be repeated.")]
Skip = Annotated[
    list[str] | None,
    typer.Option(
        metavar="STEP", help="Leave a step out: form, vocabulary, owl, shacl, skos, evidence, queries. May be repeated."
    ),
]
OtherShapes = Annotated[
    list[Path] | None,
    typer.Option(help="Shapes instead of ours, with --catalog beside them: files or folders. May be repeated."),
]
Context = Annotated[bool, typer.Option(help="Let the paths point into our graph.")]
Syntax = Annotated[
    str | None, typer.Option("--stdin-format", help="Media type or suffix of the input; Turtle by default.")
]
PolicyFile = Annotated[
    Path | None, typer.Option(help="File with severities and allow-list; pyproject.toml or vesoc.toml by default.")
]
Least = Annotated[Severity | None, typer.Option("--fail-on", help="Least severity that fails; Violation by default.")]
Catalog = Annotated[bool, typer.Option(help="The catalogue instead, and whether it may be harvested.")]
Whole = Annotated[bool, typer.Option("--all", help="Show each of many alike findings.")]
Watch = Annotated[bool, typer.Option("--watch", help="Check again at each change, until interrupted.")]
Sources = Annotated[Path | None, typer.Option(help="Folder with the source texts (VESOC_SOURCES).")]
Lang = Annotated[Language, typer.Option("--lang", help="Language of the messages.")]


@app.command(
    epilog="Example: vesoc validate   |   vesoc validate my.ttl --format text --format sarif=my.sarif   |   "
    "vesoc validate data/ --shapes shapes.ttl --fail-on Warning"
)
def validate(
    paths: Paths = None,
    *,
    forms: Forms = None,
    only: Only = None,
    skip: Skip = None,
    shapes: OtherShapes = None,
    context: Context = True,
    syntax: Syntax = None,
    policy: PolicyFile = None,
    least: Least = None,
    catalog: Catalog = False,
    whole: Whole = False,
    watch: Watch = False,
    sources: Sources = None,
    root: Root = None,
    language: Lang = Language.EN,
) -> None:
    """Check RDF in steps, from syntax to evidence, and tell file, line and column of each finding.

    Exit code 0: nothing fails; 1: something does; 2: it cannot run.
    """
    from vesoc.checks import catalogue
    from vesoc.checks.order import Order
    from vesoc.reports import delivery

    order = Order(
        settings.read().with_values(root=root, sources=sources),
        tuple(paths or ()),
        shapes=tuple(shapes or ()),
        context=context,
        syntax=syntax,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        policy=policy,
        least=least,
        whole=whole,
    )
    asked = delivery.wanted(forms or ["text"])
    if catalog:
        catalogue.refuse(order)
    run = _catalogued if catalog else _validated
    if watch:
        _watch(run, order, asked, language)
    outcome, options = run(order)
    delivery.deliver(outcome, options, language, asked, OUT)
    raise typer.Exit(int(outcome.fails(options.least)))


def _validated(order: Order) -> tuple[Outcome, Options]:
    from vesoc.checks.order import carry_out

    with steps("validating") as step:
        return carry_out(order, sys.stdin.buffer, step)


def _catalogued(order: Order) -> tuple[Outcome, Options]:
    """What keeps the catalogue from being harvested: settings that are not made, or what the shapes find in it."""
    from vesoc import publisher
    from vesoc.catalogue import conformity
    from vesoc.checks import catalogue
    from vesoc.releases import content

    chosen, used = order.chosen, conformity.shapes(order.shapes)
    if chosen.missing():
        return catalogue.outcome(conformity.unset(chosen), used, order)
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        told = content.heading(places.find(chosen.root), chosen.base)
        publisher.publish(load(chosen), chosen, told, made)
        return catalogue.outcome(conformity.conformity(made, used), used, order)


def _watch(run: Run, order: Order, asked: tuple[Delivery, ...], language: str) -> None:
    """Run at once and after each change; the exit code is that of the last run."""
    from watchfiles import watch

    if not order.folders:
        raise VesocError("there is nothing to watch: name files or folders")
    logging.getLogger("watchfiles.main").setLevel(logging.ERROR)  # which tells that it was interrupted
    changes = watch(*order.folders, raise_interrupt=False, yield_on_timeout=True, rust_timeout=_TICK)
    next(changes)  # from here on no change is missed
    code = _tried(run, order, asked, language)
    for changed in changes:
        if changed:
            OUT.clear()
            ERR.print(*sorted({Path(name).name for _, name in changed}), markup=False)
            code = _tried(run, order, asked, language)
    raise typer.Exit(code)


def _tried(run: Run, order: Order, asked: tuple[Delivery, ...], language: str) -> int:
    """The exit code of a run, which tells of what it cannot do and leaves the next one to try again."""
    from vesoc.reports import delivery

    try:
        outcome, options = run(order)
        delivery.deliver(outcome, options, language, asked, OUT)
        return int(outcome.fails(options.least))
    except VesocError as error:
        ERR.print(f"vesoc: {error}", markup=False)
        return 2
    finally:
        ERR.print(f"{datetime.now():%H:%M:%S} {_WATCHING[language]}", markup=False)
