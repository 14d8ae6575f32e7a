"""Commands that authors write with: lay out a new agreement, rename a thing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vesoc import places, settings
from vesoc.commands.common import OUT, steps
from vesoc.commands.options import Root
from vesoc.errors import VesocError

if TYPE_CHECKING:
    from vesoc.authoring.draft import Draft, Particulars
    from vesoc.authoring.laying import Library
    from vesoc.authoring.pages import Page

app = typer.Typer()
_EXAMPLE = "Example: vesoc new agreement texts/new.txt --slug new --title 'Naam van het akkoord' --date 2026-03-02"
new = typer.Typer(no_args_is_help=True, help="Lay out the files of something new.", epilog=_EXAMPLE)
app.add_typer(new, name="new")
DryRun = Annotated[bool, typer.Option("--dry-run", help="Tell what would be written, and write nothing.")]


@new.callback()
def _new() -> None:
    """Lay out the files of something new."""


@new.command(epilog=_EXAMPLE)
def agreement(
    *,
    text: Annotated[Path, typer.Argument(help="The source text: UTF-8, lines that end in LF.")],
    slug: Annotated[str, typer.Option(help="End of its name: lower-case letters and digits.")],
    title: Annotated[str, typer.Option(help="Its title in Dutch.")],
    title_en: Annotated[str | None, typer.Option(help="Its title in English.")] = None,
    kind: Annotated[str, typer.Option(help="Kind of agreement: a concept of akkoordsoort.")] = "akkoord",
    when: Annotated[datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="Day it was agreed.")] = None,
    outline: Annotated[Path | None, typer.Option(help="File with its headings; SLUG.outline by default.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write files anew that hold nothing else.")] = False,
    dry_run: DryRun = False,
    root: Root = None,
) -> None:
    """Write the outline of a new agreement; once that is there, lay out its files from it."""
    from vesoc.authoring import laying
    from vesoc.authoring.draft import Particulars

    chosen = settings.read().with_values(root=root)
    titles = {"nl": title} | ({"en": title_en} if title_en else {})
    told = Particulars(slug, titles, kind, when.date() if when else None)
    content = laying.source_text(text)
    with steps("reading"):
        library = laying.Library(places.find(chosen.root), chosen.base)
    _require(library, told.slug, kind, content, force)
    file = outline or Path(f"{slug}.outline")
    if file.exists():
        _lay_out(library, _draft(library, content, file, told, chosen.base), force, dry_run)
    else:
        _propose(library, content, file, slug, dry_run)


def _require(library: Library, slug: str, kind: str, content: str, force: bool) -> None:
    library.require_free(slug, force)
    library.require_new(content, slug)
    kinds = library.kinds("akkoordsoort")
    if kind not in kinds:
        raise VesocError(f"--kind {kind!r}: there are {', '.join(kinds)}")


def _propose(library: Library, content: str, file: Path, slug: str, dry_run: bool) -> None:
    from vesoc.authoring import headings, outline, pages, proposal
    from vesoc.authoring.pages import Page

    kinds = library.kinds("deelsoort")
    found = proposal.proposed(headings.find(content), kinds)
    written = outline.written(found, slug, slug, kinds)
    if dry_run:
        OUT.print(written, markup=False, end="")
        return
    pages.put([Page(file, written, None)])
    OUT.print(f"{file}: {len(found)} headings; correct them, then give the same command again", markup=False)


def _draft(library: Library, content: str, file: Path, told: Particulars, base: str) -> Draft:
    from vesoc.authoring import outline
    from vesoc.authoring.draft import Draft

    try:
        lines = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VesocError(f"{file}: cannot be read ({error})") from None
    headings = outline.read(lines, str(file), library.kinds("deelsoort"))
    return Draft(content, outline.placed(headings, content, str(file)), told, base)


def _lay_out(library: Library, draft: Draft, force: bool, dry_run: bool) -> None:
    from vesoc.authoring.pages import put

    with steps("laying out") as step:
        pages = library.pages(draft, step)
    if not dry_run:
        put(pages)
    for page in pages:
        OUT.print(f"{_verb(page, dry_run)} {page.path}", markup=False)
    parts = sum(one.heading.makes_part for one in draft.outline)
    OUT.print(
        f"{parts} parts, {len(draft.items)} list items; vesoc validate tells what is missing, vesoc coverage which "
        "items are not described yet",
        markup=False,
    )


def _verb(page: Page, dry_run: bool) -> str:
    told = "remove" if page.content is None else "write" if page.before is None else "change"
    return f"would {told}" if dry_run else {"remove": "removed", "change": "changed", "write": "wrote"}[told]


@app.command(epilog="Example: vesoc rename ins:old-name ins:new-name --dry-run")
def rename(
    old: Annotated[str, typer.Argument(help="The name that it has: ins:old-name, or an IRI.")],
    new: Annotated[str, typer.Argument(help="The name that it gets.")],
    forget: Annotated[bool, typer.Option("--forget", help="Keep no trace of a name that was never released.")] = False,
    dry_run: DryRun = False,
    root: Root = None,
) -> None:
    """Rename a thing in every Turtle file; the old name leads to the new. Exit code 1 where that would break a rule."""
    from vesoc.authoring import renaming
    from vesoc.authoring.pages import put
    from vesoc.describing import expanded

    chosen = settings.read().with_values(root=root)
    old, new = expanded(old, chosen.base), expanded(new, chosen.base)
    if forget:
        _require_unreleased(old, chosen.releases, chosen.base)
    with steps("renaming") as step:
        renamed = renaming.Renaming(places.find(chosen.root), old, new, not forget, chosen.base)
        pages = renamed.pages()
        broken = renamed.broken(pages, step)
        mentions = [] if broken else renamed.mentions(pages)
    for finding in broken:
        said = finding.messages["en"].removeprefix(f"{finding.rule} ")
        OUT.print(f"would break {finding.rule}: {finding.culprit}: {said}", markup=False)
    if not (broken or dry_run):
        put(pages)
    for page in pages if not broken else ():
        OUT.print(f"{_verb(page, dry_run)} {page.path}", markup=False)
    for mention in mentions:
        OUT.print(f"to change by hand: {mention.path}:{mention.line}", markup=False)
    raise typer.Exit(int(bool(broken)))


def _require_unreleased(iri: str, releases: Path | None, base: str) -> None:
    from vesoc.authoring import renaming

    if releases is None:
        raise VesocError("--forget: whether the name was released tells the folder of releases; set VESOC_RELEASES")
    if version := renaming.released(iri, releases, base):
        raise VesocError(f"--forget: {iri} was released in {version}; leave --forget out")
