"""A redaction as a command does it: what it would take out, what it did, and what is left to do elsewhere."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import typer

from vesoc.commands.common import OUT, steps
from vesoc.errors import VesocError
from vesoc.overviews.register import OVERVIEWS
from vesoc.places import Places
from vesoc.releases import lock, redaction
from vesoc.releases.archive import Archive
from vesoc.settings import Settings

# All that is made of the data, but for the releases. A star stands for any ending.
_MADE = (
    *(
        "",
        "?*",
        "id/*",
        "doc/*",
        "resource*",
        "cite/*",
        "profiles/*",
        "ns*",
        "views*",
        *(f"{name}*" for name in OVERVIEWS),
    ),
    *("search*", "queries*", "sparql*", "graphs*", "workbench*", "catalog*", "ldes*", "sitemap*", ".well-known/*"),
    *("dumps", "dumps?*", "dumps/latest*"),
)
_SPOTS = 10  # places in the files that are named at once


def require_unsaid(order: redaction.Order, found: Places) -> None:
    """VesocError with the places in the files that say it still."""
    spots = redaction.said(found, order.selection, order.base)
    if spots:
        told = ", ".join(spots[:_SPOTS]) + (f" and {len(spots) - _SPOTS} more" if len(spots) > _SPOTS else "")
        raise VesocError(f"the data still says it: {told}; take it out there first, or give --only-releases")


def redact(chosen: Settings, folder: Path, order: redaction.Order, dry_run: bool) -> None:
    """Survey, carry out, and tell; exit code 1 where nothing is met and nothing was left half-way."""
    if not folder.is_dir():
        raise VesocError(f"{folder}: no such folder; give that of the releases by --releases or VESOC_RELEASES")
    try:
        with nullcontext() if dry_run else lock.held(folder):
            finished, found = _done(folder, order, dry_run)
    except OSError as error:
        raise VesocError(
            f"{folder}: cannot be written ({error.strerror}); mend it and give the command again"
        ) from None
    if found.taken:
        _tell_redaction(chosen, found, dry_run)
    elif finished:
        OUT.print("what was left half-way is done")
    else:
        OUT.print("no release says it")
        raise typer.Exit(1)


def _done(folder: Path, order: redaction.Order, dry_run: bool) -> tuple[bool, redaction.Survey]:
    """Whether something was left half-way, and what the order met."""
    finished = not dry_run and redaction.tidy(folder)
    with steps("redacting") as step:
        found = redaction.survey(Archive([folder]), order.selection, step)
        if found.taken and not dry_run:
            redaction.carry_out(folder, order, found, step)
    return finished, found


def _tell_redaction(chosen: Settings, found: redaction.Survey, dry_run: bool) -> None:
    for version, triples in found.taken.items():
        OUT.print(f"{version}: {len(triples)} statements {'would go' if dry_run else 'gone'}", markup=False)
    _tell("what is left holds the name still; take these out as well where it must go:", found.traces())
    if dry_run:
        OUT.print(redaction.listing(found), markup=False, end="")
    else:
        addresses = [f"{chosen.address}{path}" for path in (*(f"dumps/{version}*" for version in found.taken), *_MADE)]
        _tell("when the server has started anew, purge from the caches in front of it:", addresses)


def _tell(what: str, lines: list[str]) -> None:
    if lines:
        OUT.print("\n  ".join([what, *lines]), markup=False)
