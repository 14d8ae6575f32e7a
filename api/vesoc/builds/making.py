"""A build from files: made apart, on the disk as a whole, and only then put in place of the one before it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Store

from vesoc import loading, resource, source, statistics
from vesoc.builds import reading
from vesoc.builds.manifest import Manifest, Source, software
from vesoc.builds.opening import GRAPH, INDEX, LOCKS, STORE, checked
from vesoc.builds.reading import Tell
from vesoc.builds.shelf import MANIFEST, Shelf
from vesoc.dataset import Dataset, data_version
from vesoc.disk import sync_all
from vesoc.errors import VesocError
from vesoc.graphs import GraphFile, own_files
from vesoc.library import Library
from vesoc.places import Places
from vesoc.releases import lock
from vesoc.search import index, shelf
from vesoc.settings import Settings

_JOURNAL = "LOG"  # of the engine
_GRAPHS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True)
class Order:
    """What is to be built, and where: our own graph at `found`, or the files of others.

    `check` tells whether our graph may be served, by VesocError where it may not. With `force` the same data is built
    again. `keep` builds stay, the new one among them.
    """

    out: Path
    settings: Settings
    files: tuple[GraphFile, ...] = ()
    found: Places | None = None
    check: Callable[[Places], None] | None = None
    force: bool = False
    keep: int = 2


@dataclass(frozen=True)
class Made:
    """The build that servers open from now on, whether it is `new`, and the older ones that `stay`, with the reason."""

    folder: Path
    manifest: Manifest
    new: bool
    stay: Mapping[Path, str] = field(default_factory=dict)


def build(order: Order, tell: Tell) -> Made:
    """Make a build and put it in place; VesocError where that cannot be done, and then the one before it stays."""
    try:
        place = Shelf(order.out.absolute())
        place.builds.mkdir(parents=True, exist_ok=True)
        with lock.held(place.folder, "vesoc build"):
            place.require_free()
            place.clear()
            return _built(order, place, tell)
    except OSError as error:
        raise VesocError(f"{order.out}: cannot be written ({error}); what was in place there stays") from None


def _built(order: Order, place: Shelf, tell: Tell) -> Made:
    if not order.force and (known := _known_files(order, place, tell)):
        return known
    made = datetime.now(UTC)
    part = place.part(made)
    try:
        told = (_own if order.found else _given)(order, part, made, tell)
        if not order.force and (known := _known_state(told, place, order)):
            shutil.rmtree(part)
            return known
        told = _finished(part, told, tell)
        folder = place.put(part)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return Made(folder, told, True, place.prune(order.keep))


def _known_files(order: Order, place: Shelf, tell: Tell) -> Made | None:
    """The build in place, where it was made of the same files of others; none of them is read where sizes tell."""
    if order.found or (known := _current(place, order)) is None or known.manifest.own:
        return None
    if known.manifest.software != software():
        return None
    files = known.manifest.files
    same = reading.alike(order.files, files) and reading.sources(order.files, tell) == files
    return known if same else None


def _known_state(told: Manifest, place: Shelf, order: Order) -> Made | None:
    """The build in place, where it says the same."""
    known = _current(place, order)
    if known is None or not told.own:
        return None
    own = ("own", "base", "address", "software", "digest", "state", "source")
    return known if all(getattr(known.manifest, name) == getattr(told, name) for name in own) else None


def _current(place: Shelf, order: Order) -> Made | None:
    """The build in place, where a server may open it."""
    with suppress(VesocError):
        folder = place.current()
        return Made(folder, checked(folder, order.settings.base), False)
    return None


def _own(order: Order, part: Path, made: datetime, tell: Tell) -> Manifest:
    """Our graph: read from a copy, so that what is checked is what is served."""
    assert order.found
    tell("copying", 0, 0)
    found, chosen = source.copy(order.found, part / GRAPH), order.settings
    if order.check:
        tell("validating", 0, 0)
        order.check(found)
    tell("reading", 0, 0)
    try:
        data, _ = loading.own(found, chosen, Library(found.queries))
    except VesocError as error:
        raise VesocError(str(error).replace(str(found.root), str(order.found.root))) from None
    tell("writing", 0, 0)
    store = Store(str(part / STORE))
    store.bulk_extend(data.store)
    _close(store)
    files = reading.sources(own_files(found), lambda *_: None)
    return _described(order, part, made, (data, files, source.digest(found)), tell)


def _given(order: Order, part: Path, made: datetime, tell: Tell) -> Manifest:
    """The files of others as they stand."""
    store = Store(str(part / STORE))
    hashes = reading.load(store, order.files, tell)
    tell("sorting", 0, 0)
    _close(store)
    del store
    store = Store.read_only(str(part / STORE))
    base = order.settings.base
    tell("counting", 0, 0)
    counts = statistics.count(store, base, large=True)
    data = Dataset(store, base, hashes.digest, hashes.digest, counts)
    return _described(order, part, made, (data, hashes.sources, None), tell)


def _close(store: Store) -> None:
    store.optimize()
    store.flush()


def _described(
    order: Order, part: Path, made: datetime, read: tuple[Dataset, tuple[Source, ...], str | None], tell: Tell
) -> Manifest:
    """The index beside the store, and what is to be said of both."""
    data, files, own = read
    tell("indexing", 0, 0)
    _index(data, part)
    graphs = _graphs(data.store)
    quads = sum(graphs.values())
    return Manifest(
        made=made.isoformat(timespec="seconds"),
        software=software(),
        base=data.base,
        address=order.settings.address,
        own=order.found is not None,
        version=data_version(data.store, data.base) if order.found else None,
        digest=data.digest,
        state=data.state,
        triples=data.counts.triples if order.found else quads,
        quads=quads,
        graphs=graphs,
        counts=data.counts,
        files=files,
        source=own,
        kinds=tuple(sorted(resource.kinds(data.store, data.base))),
    )


def _index(data: Dataset, part: Path) -> None:
    try:
        index.build(data.store, data.base, shelf.folder(part / INDEX, data.digest))
    except ValueError as error:  # so the library says that it cannot write
        raise OSError(str(error)) from None


def _graphs(store: Store) -> dict[str, int]:
    """Triples by the name of their graph, "" for the default graph."""
    default: Any = store.query(_DEFAULT)
    named: Any = store.query(_GRAPHS)
    sizes = {_name(row["g"]): int(row["n"].value) for row in named}
    return {"": int(next(default)["n"].value), **dict(sorted(sizes.items()))}


def _name(graph: object) -> str:
    return graph.value if isinstance(graph, NamedNode) else str(graph)


def _finished(part: Path, told: Manifest, tell: Tell) -> Manifest:
    """The manifest with all files of the build, written last; the disk keeps it all then."""
    tell("keeping", 0, 0)
    files = (
        path for path in sorted(part.rglob("*")) if path.is_file() and path.name != _JOURNAL and not path.match(LOCKS)
    )
    sizes = {path.relative_to(part).as_posix(): path.stat().st_size for path in files}
    whole = told.with_parts(sizes)
    (part / MANIFEST).write_text(json.dumps(whole.document(), indent=1, ensure_ascii=False), encoding="utf-8")
    sync_all(part)
    return whole
