"""The dumps of other people's data, which may be large: in the order of the store, as statements stand in it."""

from __future__ import annotations

import gzip
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, RdfFormat

from vesoc.dataset import Dataset
from vesoc.formats import N_QUADS, N_TRIPLES, TURTLE, Format
from vesoc.names import prefixes
from vesoc.releases.release import GZIP, MANIFEST, WHOLE, File, Release

VERSION = "given"  # stands where a release of our own has its version
FORMS = (N_QUADS, TURTLE, N_TRIPLES)
_LEVEL = 6  # of gzip
_TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def write(dataset: Dataset, folder: Path) -> Release:
    """`vesoc.nq.gz`, `vesoc.ttl.gz` and `vesoc.nt.gz` with a manifest, below the folder."""
    place = folder / VERSION
    place.mkdir(parents=True)
    files = tuple(_file(dataset, form, place) for form in FORMS)
    release = Release(place, VERSION, datetime.now(UTC), dataset.digest, dataset.size or len(dataset.store), files)
    (place / MANIFEST).write_text(json.dumps(release.document(), indent=2), encoding="utf-8")
    return release


def _file(dataset: Dataset, form: Format, folder: Path) -> File:
    path = folder / f"{WHOLE}.{form.suffix}.gz"
    with path.open("wb") as file, gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed:
        _stream(dataset, form, packed)
    with path.open("rb") as whole:
        digest = hashlib.file_digest(whole, "sha256").hexdigest()
    return File(path.name, WHOLE, form.types[0], GZIP, path.stat().st_size, digest)


def _stream(dataset: Dataset, form: Format, out: Any) -> None:
    store, syntax = dataset.store, form.engine
    assert isinstance(syntax, RdfFormat)
    if form is N_QUADS:
        store.dump(out, syntax)
    elif any(store.named_graphs()) and dataset.large:
        # Each triple once would have to be known from all before it; a triple of two graphs may stand twice.
        for graph in (DefaultGraph(), *store.named_graphs()):
            store.dump(out, syntax, from_graph=graph, prefixes=prefixes(dataset.base))
    elif any(store.named_graphs()):
        triples: Any = store.query(_TRIPLES)
        triples.serialize(out, syntax)
    else:
        store.dump(out, syntax, from_graph=DefaultGraph(), prefixes=prefixes(dataset.base))
