"""What the log keeps of who asked and of what was asked: as much as the settings say."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from vesoc.fingerprint import Fingerprint
from vesoc.settings import Settings

_PREFIX = {4: 24, 6: 48}  # bits of an address that name a network rather than a person
_REMEMBERED = 1024
_MOST_TEXT = 4096  # characters of a query


class Retention:
    """Addresses and queries as lines of the log have them."""

    def __init__(self, settings: Settings) -> None:
        self._addresses = settings.log_addresses
        self._queries = settings.log_queries
        # Most requests come from one of a few, and ask what was asked before.
        self.client = lru_cache(_REMEMBERED)(self._client)
        self.query = lru_cache(_REMEMBERED)(self._query)

    def text(self, text: str) -> dict[str, str]:
        """The beginning of a query, where it may be kept."""
        return {"text": text[:_MOST_TEXT]} if self._queries == "text" else {}

    def _client(self, address: str) -> dict[str, str]:
        """The address of a client, its network, or nothing."""
        found = shortened(address) if self._addresses == "short" else address
        return {"client": found} if found and self._addresses != "none" else {}

    def _query(self, asked: Fingerprint) -> dict[str, str]:
        """Kind of a query, and its hash where it may be kept."""
        return {"kind": asked.kind, **({"query": asked.digest} if self._queries != "none" else {})}


def shortened(client: str) -> str:
    """The network of an address: 24 bits of IPv4, 48 of IPv6; nothing for what is no address."""
    try:
        address = ip_address(client.partition("%")[0])
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    found = mapped or address
    return str(ip_network((found, _PREFIX[found.version]), strict=False))
