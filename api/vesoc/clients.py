"""Who asks: the address of a client, also behind proxies that are trusted to tell it (X-Forwarded-For, RFC 7239)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from vesoc.cache import Fields

_TELLING = (b"x-forwarded-for", b"forwarded")
_HOPS = 32  # steps that are followed back
_LONG = 256  # bytes of fields that are worth remembering
_KEPT = 4096
_PAIR = re.compile(r'([^\s;="\\]+)=("[^"\\]*"|[^\s;"\\]*)')
_ELEMENT = re.compile(rf"\s*{_PAIR.pattern}(?:\s*;\s*{_PAIR.pattern})*\s*")
_WITH_PORT = re.compile(r"\[([^\]]*)\](?::\d+)?|([\d.]+):\d+")
_BLOCK = 64  # bits of an IPv6 address that a provider gives to one client

Address = IPv4Address | IPv6Address


class Clients:
    """The addresses of clients; `trusted` are the networks of proxies whose word is taken, none by default.

    Each proxy adds, on the right, whom it was asked by; so the client is the rightmost that is no trusted proxy itself,
    and what stands to the left of it is what anybody may claim. `X-Forwarded-For` counts where it is there; only
    without it does `Forwarded`.
    """

    def __init__(self, trusted: Sequence[str] = ()) -> None:
        self._trusted = tuple(ip_network(network) for network in trusted)
        self._remembered = lru_cache(_KEPT)(self._found)

    def address(self, peer: str | None, fields: Fields) -> str:
        """The address of the client of a connection from `peer` (None: not known) that sends these fields."""
        if not self._trusted or peer is None:
            return peer or ""
        told = tuple(field for field in fields if field[0] in _TELLING)
        short = sum(len(value) for _, value in told) <= _LONG
        return (self._remembered if short else self._found)(peer, told)

    def trusts(self, peer: str) -> bool:
        """Whether the word of who is connected is taken."""
        address = _address(peer)
        return address is not None and self._trusts(address)

    def _found(self, peer: str, told: tuple[tuple[bytes, bytes], ...]) -> str:
        address = _address(peer)
        for hop in _hops(told):
            if address is None or not self._trusts(address):
                break
            before = _address(hop)
            if before is None:
                break
            address = before
        return str(address or peer)

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._trusted)


@lru_cache(_KEPT)
def block(address: str) -> str:
    """Who has an address: an IPv4 address for itself, the first 64 bits of an IPv6 address for all that begin so."""
    found = _address(address)
    return str(ip_network((found, _BLOCK), strict=False)) if isinstance(found, IPv6Address) else str(found or address)


def _hops(told: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """What proxies told, the last of them first."""
    values = {name: [value for other, value in told if other == name] for name in _TELLING}
    usual, standard = (b",".join(values[name]).decode("latin-1").split(",")[: -_HOPS - 1 : -1] for name in _TELLING)
    return usual if values[_TELLING[0]] else [_for(hop) for hop in standard]


def _for(hop: str) -> str:
    """The address in what stands between two commas; none where one of them may be part of what a client has sent."""
    if not _ELEMENT.fullmatch(hop):
        return ""
    return next((value for name, value in _PAIR.findall(hop) if name.lower() == "for"), "")


def _address(text: str) -> Address | None:
    """The address in a text that may have a port; None where there is none."""
    bare = text.strip().strip('"')
    if found := _WITH_PORT.fullmatch(bare):
        bare = found[1] or found[2] or ""
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
