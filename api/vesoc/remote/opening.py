"""The data of an engine elsewhere as a server opens it: what it is, by its stand, and a store that asks there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from typing import cast

from pyoxigraph import Quad, RdfFormat, Store, serialize

from vesoc.builds.manifest import Manifest
from vesoc.dataset import Dataset
from vesoc.errors import VesocError
from vesoc.remote.client import Client
from vesoc.remote.stand import Stand
from vesoc.remote.store import RemoteStore
from vesoc.remote.survey import look_up, survey
from vesoc.settings import Settings

_WHILE_LOADING = 600.0  # seconds that an engine may take to count what it has
_SHARE = 0.9  # of the time of a query: who waits longer is stopped with the worker, and nobody is told why


class Elsewhere:
    """An engine whose data is whole; VesocError where it is not, or is that of other IRIs, or does not answer."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client = Client(settings, _WHILE_LOADING, settings.query_timeout * _SHARE)
        self.stand = _checked(look_up(self._client, settings.base), settings.base)

    @property
    def manifest(self) -> Manifest | None:
        """That of the build that was pushed; None where others filled the engine."""
        return self.stand.manifest if self.stand else None

    @property
    def own(self) -> bool:
        """Whether it holds our own graph."""
        return self.manifest is not None and self.manifest.own

    @cached_property
    def data(self) -> Dataset:
        """What is served."""
        chosen = self._settings
        extent = survey(self._client, chosen.base, self.stand)
        remote = RemoteStore(self._client, extent, chosen.base, chosen.sparql_held)
        store = cast(Store, remote)
        told = self.manifest
        if told is None:
            digest = _digest(remote)
            return Dataset(store, chosen.base, digest, digest)
        state = hashlib.sha256(f"{told.state} {chosen.address}".encode()).hexdigest()
        kinds = frozenset(told.kinds)
        return Dataset(store, chosen.base, told.digest, state, told.counts, size=told.triples, kinds=kinds)


def _checked(told: Stand | None, base: str) -> Stand | None:
    if told and not told.complete:
        raise VesocError("new data is being pushed to the engine; it is served when all of it is there")
    if told and told.manifest.base != base:
        found = told.manifest.base
        raise VesocError(f"the IRIs of the engine's data begin with {found}, those of this server with {base}")
    return told


def _digest(store: Iterable[Quad]) -> str:
    """The SHA-256 digests of all statements added up: the same in whatever order they come."""
    total = 0
    for quad in store:
        line = serialize([quad], format=RdfFormat.N_QUADS) or b""
        total += int.from_bytes(hashlib.sha256(line).digest(), "big")
    return f"{total % (1 << 256):064x}"
