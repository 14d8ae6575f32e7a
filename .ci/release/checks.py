"""What must hold before anything is made: the state of the repository, what it says of itself, and what changed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from release.step import Broken, Order, Unable
from vesoc import dataset, graphs, publisher, revisions
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile
from vesoc.names import BASE, term
from vesoc.places import Places
from vesoc.releases import content
from vesoc.releases.archive import Archive
from vesoc.versions import comparison, telling
from vesoc.versions.edition import Finder
from vesoc.versions.last import last
from vesoc.versions.number import number

_VERSION = re.compile(r'^__version__ = "([^"]*)"$', re.MULTILINE)
_MODULE = "api/vesoc/__init__.py"
_METADATA, _ONTOLOGY, _AXIOMS = "data/ttl/metadata.ttl", "ontology/vesoc.ttl", "ontology/vesoc-axioms.ttl"
_READ = ("data/ttl", "ontology", "queries", "shapes")
_SHOWN = 5
_DIGITS = 12  # of the digest of a commit, for people


def state(order: Order) -> str:
    """The repository is whole and as the commit has it, the tag is free, and git knows who makes it."""
    if revisions.git(order.root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise Unable("this clone is shallow, which hides the last release: git fetch --unshallow --tags")
    revisions.git(order.root, "var", "GIT_COMMITTER_IDENT")
    require_unchanged(order)
    if order.tag in revisions.tags(order.root, order.tag):
        raise Broken(f"the tag {order.tag} is there already: give a later version")
    return f"commit {order.commit[:_DIGITS]} is clean, {order.tag} is free"


def require_unchanged(order: Order) -> None:
    """Broken where the files are not those of the commit; in folders that are read whole, also for ignored ones."""
    if revisions.git(order.root, "rev-parse", "HEAD").decode().strip() != order.commit:
        raise Broken(f"HEAD is no longer {order.commit[:_DIGITS]}, which was checked: give the same command again")
    changed = revisions.git(order.root, "status", "--porcelain", "--untracked-files=all").decode().splitlines()
    ignored = ("ls-files", "--others", "--ignored", "--exclude-standard", "--", *_READ)
    changed += revisions.git(order.root, *ignored).decode().splitlines()
    if changed:
        told = f"{len(changed)} files differ from commit {order.commit[:_DIGITS]} ({changed[0].strip()} …)"
        raise Broken(f"{told}: commit or remove them")


def later(order: Order) -> str:
    """The version is later than the last one, which must be there unless this is the first."""
    name = _last(order)
    if name is None and not order.first:
        raise Unable(
            "no tag and no folder tells of a release before: git fetch --tags, set VESOC_RELEASES, or give FIRST=1 for "
            "the first release"
        )
    if name is None:
        return f"{order.version} is the first release"
    if order.first:
        raise Broken(f"{order.version} is not the first release, there is {name}: leave FIRST out")
    if order.version <= number(name.removeprefix("v")):
        raise Broken(f"{order.version} is not later than the last release, {name}: give a later version")
    return f"{order.version} is later than {name}"


def changelog(order: Order) -> str:
    """The changelog has an entry with a day that has come, and something in it."""
    entry, path = order.entry, "docs/changelog.md"
    try:
        day = date.fromisoformat(entry.day)
    except ValueError:
        raise Broken(f"{path}: {entry.version} has no day ({entry.day!r}): write it as (YYYY-MM-DD)") from None
    if day > order.today:
        raise Broken(f"{path}: {entry.version} is dated {day}, which has not come: date it {order.today} or earlier")
    if not entry.text:
        raise Broken(f"{path}: the entry of {entry.version} is empty: say what users notice")
    return f"{path} has {entry.version} of {day}"


def agreement(order: Order) -> str:
    """Software, data and ontology say this one version, and one day."""
    version = str(order.version)
    said = list(_said(order.root))
    wrong = [
        f"{file} says {what} {found or 'nothing'}, not {wanted}"
        for file, what, found, wanted in (
            (file, what, found, day_or_version.format(version=version, day=order.entry.day))
            for file, what, found, day_or_version in said
        )
        if found != wanted
    ]
    wrong += _unsaid(order)
    if wrong:
        raise Broken("; ".join(wrong) + ": write the same version and the day of the changelog everywhere")
    return f"{len(said)} places say {version} or {order.entry.day}, and the notes of the ontology both"


def moment(order: Order) -> str:
    """The folder of releases takes the data: it is later than that of the last, or there from an earlier run."""
    archive = Archive([order.data] if order.data.is_dir() else [])
    now = _moment(order.root)
    if archive.get(str(order.version)):
        return _there(order)
    if archive.latest and archive.latest.moment >= now:
        told = f"release {archive.latest.version} is of {archive.latest.moment:%Y-%m-%d %H:%M}Z"
        raise Broken(f"{told}, this data of {now:%Y-%m-%d %H:%M}Z: write a later dcterms:modified in {_METADATA}")
    return f"{order.data} takes data of {now:%Y-%m-%d}"


def _there(order: Order) -> str:
    """A release of that version is of this very data."""
    found = Places(order.root)
    data = dataset.build_own(graphs.own_files(found), BASE, BASE)
    try:
        publisher.released(data, content.heading(found, BASE), order.data)
    except VesocError as error:
        raise Broken(f"{error}; or give a later version") from None
    return f"{order.data} has this data as {order.version} already"


def weight(order: Order) -> str:
    """The version is at least what the changes since the last release ask."""
    name = _last(order)
    if name is None:
        return "nothing was released before: there is nothing to compare with"
    finder = Finder(order.root, order.data, BASE)
    told = comparison.compare(finder.find(name), finder.own(order.root, str(order.version)))
    least = told.least(name.removeprefix("v"))
    lines = "\n".join(telling.Teller(told, BASE, _SHOWN).text())
    if order.version < least:
        raise Broken(
            f"{lines}\nthese changes ask for {least} at least: give that version, or take back what is heavier"
        )
    return f"{lines}\nthese changes ask for {least} at least"


def validation(order: Order) -> str:
    """The graph keeps its rules."""
    command = [sys.executable, "-m", "vesoc.cli", "validate", "--root", str(order.root)]
    environment = os.environ | {"PYTHONPATH": str(order.root / "api")}
    done = subprocess.run(command, cwd=order.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 1:
        raise Broken(f"{done.stdout.strip()}\nthe graph breaks its rules: mend what vesoc validate tells")
    if done.returncode:
        raise Unable(f"vesoc validate: {done.stderr.strip()}")
    return done.stdout.strip().splitlines()[-1]


def _last(order: Order) -> str | None:
    data = order.releases or (order.data if order.data.is_dir() else None)
    return last(order.root, data, before=str(order.version))


def _said(root: Path) -> Iterator[tuple[str, str, str, str]]:
    """File, what it says, the value, and the value wanted, with {version} and {day} in it."""
    found = _VERSION.search((root / _MODULE).read_text(encoding="utf-8"))
    yield _MODULE, "__version__", found[1] if found else "", "{version}"
    dataset, ontology = f"{BASE}id/dataset/vesoc", f"{BASE}ns"
    for file, subject, name, wanted in (
        (_METADATA, dataset, "dcat:version", "{version}"),
        (_METADATA, dataset, "dcterms:modified", "{day}"),
        (_ONTOLOGY, ontology, "owl:versionInfo", "{version}"),
        (_ONTOLOGY, ontology, "owl:versionIRI", f"{ontology}/{{version}}"),
        (_ONTOLOGY, ontology, "dcterms:modified", "{day}"),
        (_AXIOMS, f"{ontology}/axioms", "owl:versionInfo", "{version}"),
        (_AXIOMS, f"{ontology}/axioms", "owl:versionIRI", f"{ontology}/axioms/{{version}}"),
    ):
        value = _value(root / file, subject, name)
        yield file, name, value[: len("2026-01-01")] if wanted == "{day}" else value, wanted


def _unsaid(order: Order) -> Iterator[str]:
    """The notes of the ontology that lack this version, in a language or in all."""
    about = NamedNode(f"{BASE}ns")
    texts = [one for one in _triples(order.root / _ONTOLOGY) if one.subject == about]
    for name, words in (
        ("skos:changeNote", f"{order.version} ({order.entry.day})"),
        ("dcterms:bibliographicCitation", f"{order.version}. {BASE}ns/{order.version}"),
    ):
        fitting = {_language(one) for one in texts if one.predicate == term(name) and words in _text(one)}
        for language in sorted({"en", "nl"} - fitting):
            yield f"{_ONTOLOGY} has no {name} in {language} with “{words}”"


def _language(triple: Triple) -> str | None:
    return triple.object.language if isinstance(triple.object, Literal) else None


def _value(path: Path, subject: str, name: str) -> str:
    about = (NamedNode(subject), term(name))
    values = {_text(one) for one in _triples(path) if (one.subject, one.predicate) == about}
    return ", ".join(sorted(values))


def _triples(path: Path) -> Iterator[Triple]:
    return (quad.triple for quad in graphs.quads(GraphFile(path), BASE))


def _text(triple: Triple) -> str:
    assert isinstance(triple.object, Literal | NamedNode)
    return triple.object.value


def _moment(root: Path) -> datetime:
    """The moment of the data, as `vesoc export` takes it."""
    found = datetime.fromisoformat(_value(root / _METADATA, f"{BASE}id/dataset/vesoc", "dcterms:modified"))
    return found if found.tzinfo else found.replace(tzinfo=UTC)
