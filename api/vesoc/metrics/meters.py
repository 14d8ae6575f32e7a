"""The metrics of a server from its start to its end: who may read them, and what they are told."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from vesoc.cache import Fields
from vesoc.clients import Clients
from vesoc.errors import Problem, VesocError
from vesoc.metrics.memory import Memory, Processes
from vesoc.metrics.neighbours import Neighbours
from vesoc.pool import Pool
from vesoc.settings import Settings

if TYPE_CHECKING:  # which takes long to import
    from vesoc.metrics.collector import Sources

LOOPBACK, ALL, NONE = "loopback", "all", "none"
_LOOPBACK = ("127.0.0.0/8", "::1/128")
_LOG = logging.getLogger("vesoc.metrics")
_BY_A_PROXY = (b"forwarded", b"via", b"x-forwarded-", b"x-real-ip")  # what the names of such fields begin with


class Readers:
    """Who may read: `loopback`, networks, `all` or `none`, as the settings name them."""

    def __init__(self, settings: Settings) -> None:
        named = settings.metrics
        self._networks = [ip_network(network) for network in networks(named)]
        self._all = ALL in named
        self._none = named == (NONE,)
        self._clients = Clients(settings.trusted_proxies)

    def require(self, client: str, peer: str, fields: Fields) -> None:
        """Problem 404 where nobody may read, 403 for those who may not.

        `peer` is who is connected. What a proxy sends on comes from its own address, unless it is trusted to tell
        another one, and does: where it tells none that can be read, nobody knows who asks.
        """
        if self._none:
            raise Problem(404, "this server tells no metrics: VESOC_METRICS is none")
        told = self._clients.trusts(peer) and not self._clients.trusts(client)
        if self._all or (self._knows(client) and (told or not _came_by_a_proxy(fields))):
            return
        raise Problem(403, "metrics are not for this client; VESOC_METRICS names who may read them")

    def _knows(self, client: str) -> bool:
        try:
            address = ip_address(client.partition("%")[0])
        except ValueError:
            return False
        found = getattr(address, "ipv4_mapped", None) or address
        return any(found in network for network in self._networks)


def networks(named: Sequence[str]) -> list[str]:
    """The networks in a value of VESOC_METRICS."""
    own = [name for name in named if name not in (LOOPBACK, ALL, NONE)]
    return [*own, *(_LOOPBACK if LOOPBACK in named else ())]


def _came_by_a_proxy(fields: Fields) -> bool:
    return any(name.startswith(_BY_A_PROXY) for name, _ in fields)


class Meters:
    """What this process tells, and what those beside it tell that serve at the same address."""

    def __init__(self, settings: Settings, pool: Pool, sources: Callable[[], Sources]) -> None:
        self._sources = sources
        self._memory = Memory(lambda: _processes(pool))
        self._beside = Neighbours(settings.processes) if settings.processes > 1 else None

    async def start(self) -> None:
        """Tell the others from now on."""
        if self._beside:
            try:
                await self._beside.start(self._text)
            except (VesocError, OSError) as error:
                _LOG.error(json.dumps({"error": f"each process tells its own metrics alone: {error}"}))
                self._beside = None

    async def stop(self) -> None:
        """Tell nobody any more."""
        if self._beside:
            await self._beside.stop()

    async def written(self, accept: str) -> tuple[bytes, str]:
        """All metrics in the format that the Accept field likes best, and its media type."""
        from vesoc.metrics import exposition

        if self._beside is None:
            return exposition.written(exposition.own(self._sources(), await self._memory.measured()), accept)
        texts = {**await self._beside.told(), self._beside.place: await self._text()}
        return exposition.written(exposition.together(dict(sorted(texts.items()))), accept)

    async def _text(self) -> str:
        from vesoc.metrics import exposition

        return exposition.text(exposition.own(self._sources(), await self._memory.measured()))


def _processes(pool: Pool) -> Processes:
    """The processes by kind; what an engine forks beside its workers is not among them."""
    snapshots = pool.snapshots
    return {
        "web": [os.getpid()],
        "engine": [snapshot.engine for snapshot in snapshots if snapshot.engine],
        "workers": [process for snapshot in snapshots for process in snapshot.lanes.processes],
    }
