"""Commands that publish: releases of the data."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from vesoc import places, settings
from vesoc.commands.common import OUT, load, steps
from vesoc.commands.options import Language, Root
from vesoc.errors import VesocError
from vesoc.names import prefixes
from vesoc.settings import Settings

app = typer.Typer()


class Form(StrEnum):
    """How an assessment is told."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    TTL = "ttl"


@app.command(epilog="Example: vesoc export --releases /srv/vesoc/releases")
def export(
    releases: Annotated[Path | None, typer.Option(help="Folder of the releases (VESOC_RELEASES).")] = None,
    root: Root = None,
) -> None:
    """Make a release of the data, in a folder that has its version as name: the same bytes for the same data."""
    from vesoc import publisher
    from vesoc.releases import content, lock

    chosen = settings.read().with_values(root=root, releases=releases)
    folder = _folder(chosen)
    told, data = content.heading(places.find(chosen.root), chosen.base), load(chosen)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with lock.held(folder):
            made, new = publisher.release(data, told, folder)
    except OSError as error:
        raise VesocError(f"{folder}: cannot be written ({error.strerror}); give another folder") from None
    size = sum(file.bytes for file in made.files)
    done = "made" if new else "is there already"
    OUT.print(f"release {made.version} {done}: {len(made.files)} files, {size:,} bytes, {made.triples:,} triples")
    OUT.print(f"digest {made.digest}\n{made.folder}", markup=False)


@app.command(
    epilog="Example: vesoc redact --mentions pers:jan-jansen --reason-nl 'op verzoek' --reason-en 'on request'"
)
def redact(
    *,
    reason_nl: Annotated[str, typer.Option(help="Why, in Dutch; harvesters read it.")],
    reason_en: Annotated[str, typer.Option(help="Why, in English.")],
    releases: Annotated[Path | None, typer.Option(help="Folder of the releases (VESOC_RELEASES).")] = None,
    subject: Annotated[str | None, typer.Option(help="IRI or prefixed name of what the statements are on.")] = None,
    predicate: Annotated[str | None, typer.Option(help="Only those with this property.")] = None,
    value: Annotated[str | None, typer.Option("--object", help="Only those with this IRI, literal or text.")] = None,
    mentions: Annotated[
        list[str] | None, typer.Option(help="All statements on or to this IRI; may be repeated.")
    ] = None,
    date: Annotated[datetime | None, typer.Option(help="Moment of the redaction in UTC; now by default.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go; change nothing.")] = False,
    only_releases: Annotated[bool, typer.Option("--only-releases", help="Though the data still says it.")] = False,
    forget_name: Annotated[
        bool, typer.Option("--forget-name", help="Keep no IRI of what has gone, but its hash.")
    ] = False,
    root: Root = None,
) -> None:
    """Take statements out of all releases and leave a tombstone: exit code 1 when there are none."""
    from vesoc.commands import redacting
    from vesoc.releases import redaction, selection

    chosen = settings.read().with_values(root=root, releases=releases)
    selected = selection.selection(prefixes(chosen.base), subject, predicate, value, mentions or [])
    reason = {"nl": reason_nl, "en": reason_en}
    moment = (date or datetime.now(UTC)).replace(tzinfo=UTC, microsecond=0)
    order = redaction.Order(selected, reason, moment, chosen.base, forget_name)
    if not only_releases and not dry_run:
        redacting.require_unsaid(order, places.find(chosen.root))
    redacting.redact(chosen, _folder(chosen), order, dry_run)


def _folder(chosen: Settings) -> Path:
    if chosen.releases is None:
        raise VesocError("give the folder of the releases by --releases or VESOC_RELEASES")
    return chosen.releases


@app.command(
    epilog="Example: vesoc quality https://example.org/catalog.ttl   |   vesoc quality catalog.ttl --format csv"
)
def quality(
    catalogue: Annotated[str, typer.Argument(help="Address of a DCAT catalogue, or a file that holds one.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="text, or json, csv, ttl (DQV).")] = Form.TEXT,
    language: Annotated[Language, typer.Option("--lang", help="Language of the text.")] = Language.EN,
    live: Annotated[bool, typer.Option(help="Ask the addresses of the data whether they answer.")] = True,
    timeout: Annotated[float, typer.Option(help="Seconds that one request may take.", min=0.1)] = 30,
    pages: Annotated[int, typer.Option(help="Pages that are read of a paged catalogue.", min=1)] = 1,
    least: Annotated[int, typer.Option(help="Points that each dataset and distribution must have.", min=0)] = 0,
    shapes: Annotated[
        list[Path] | None, typer.Option(help="SHACL files or folders instead of ours of DCAT-AP.")
    ] = None,
) -> None:
    """Score a catalogue as data.europa.eu does: exit code 1 when something has less than --least points."""
    import asyncio

    from vesoc.quality import printing
    from vesoc.quality.survey import Options, survey

    with steps("quality") as step:
        found = asyncio.run(survey(Options(catalogue, live, timeout, pages, shapes or ()), step))
    printing.tell(found, form, language, OUT)
    raise typer.Exit(int(found.least < least))
