"""The documents of the feed as files, in four forms, and a list of its transactions for the page about it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from vesoc import moments, void
from vesoc.dataset import Dataset
from vesoc.feed.pages import FEED, Page, Place, pages
from vesoc.feed.root import Entry, root
from vesoc.feed.shape import shape
from vesoc.feed.transactions import Transaction, transactions
from vesoc.formats import JSON_LD, N_QUADS, TRIG, TURTLE
from vesoc.names import term
from vesoc.releases import tombstones
from vesoc.releases.publication import Publication
from vesoc.serialisation import written

FORMS = (TURTLE, N_QUADS, TRIG, JSON_LD)
ROOT = f"{FEED}/root"
CONTENTS = f"{FEED}/contents.json"


def write(publication: Publication) -> None:
    """Write the feed below `ldes/`: `root`, `shape`, the pages of each transaction, and `contents.json`.

    The same releases and redactions give the same bytes at the same places, whatever has come after them; only the
    root and the list of contents grow.
    """
    place = Place(publication.dataset.base, publication.settings.address)
    found = transactions(publication.archive.releases, tombstones.read(publication.settings.releases))
    entries, contents = [], []
    for transaction in found:
        written_pages = pages(transaction, place)
        for page in written_pages:
            _write(page.path, page, publication)
        entries.append(Entry(transaction.name, transaction.moment, written_pages[0].path))
        contents.append(_told(transaction, written_pages))
    _write(ROOT, root(entries, place, _licences(publication.dataset)), publication)
    _write(shape(place).path, shape(place), publication)
    (publication.folder / CONTENTS).write_text(json.dumps(contents, ensure_ascii=False, indent=1), encoding="utf-8")


def _write(stem: str, page: Page, publication: Publication) -> None:
    for form in FORMS:
        path = Path(publication.folder / f"{stem}.{form.suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(page.triples, form, publication.dataset.base))


def _told(transaction: Transaction, found: list[Page]) -> dict[str, Any]:
    """A transaction in JSON: `changes` are numbers by activity, `path` is that of its first page."""
    return {
        "name": transaction.name,
        "moment": moments.told(transaction.moment),
        "changes": Counter(str(change.activity) for change in transaction.changes),
        "pages": len(found),
        "path": found[0].path,
        "redaction": bool(transaction.reasons),
    }


def _licences(dataset: Dataset) -> list[NamedNode]:
    """The licence of the whole, as the metadata has it."""
    quads = dataset.store.quads_for_pattern(void.whole(dataset.base), term("dcterms:license"), None, None)
    return sorted({quad.object for quad in quads if isinstance(quad.object, NamedNode)}, key=str)
