"""Requests to other servers: a catalogue as bytes, and whether addresses answer (RFC 9110)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from vesoc import __version__
from vesoc.errors import VesocError
from vesoc.quality.reading import ACCEPT

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport, AsyncClient, Response

MOST_BYTES = 40 * 1024 * 1024  # that a catalogue may have: what the strictest harvester takes
SECONDS = 30.0
_AT_ONCE = 8
_HOPS = 10
_NOT_BY_HEAD = (HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED)

Step = Callable[[str], None]


@dataclass(frozen=True)
class Document:
    """What an address gave: the last address after redirects, the media type as sent, and the bytes."""

    address: str
    media_type: str
    body: bytes


@dataclass(frozen=True)
class Answer:
    """How an address answered: the status, or None and the reason why there was no answer."""

    status: int | None
    reason: str = ""

    @property
    def good(self) -> bool:
        """Whether the status tells success."""
        return self.status is not None and self.status // 100 == 2

    @property
    def told(self) -> str:
        """The answer in a word or two."""
        return str(self.status) if self.status else self.reason


class Client:
    """A client with a limit of `seconds` for each request; `transport` takes the place of the network."""

    def __init__(self, seconds: float = SECONDS, transport: AsyncBaseTransport | None = None) -> None:
        self._seconds = seconds
        self._transport = transport

    async def document(self, address: str, most: int = MOST_BYTES) -> Document:
        """The document at an address; VesocError where it is not there, too large or too slow."""
        try:
            async with asyncio.timeout(self._seconds), self._client() as client:
                return await _document(client, address, most)
        except VesocError:
            raise
        except TimeoutError:
            raise VesocError(f"{address}: takes more than {self._seconds:g} s; give it longer by --timeout") from None
        except _failures() as error:
            raise VesocError(f"{address}: cannot be fetched ({_reason(error)})") from None

    async def answers(self, addresses: Iterable[str], step: Step = lambda address: None) -> Mapping[str, Answer]:
        """How each address answers, each asked once; `step` is told each as it is asked."""
        once = {address: address.partition("#")[0] for address in addresses}
        async with self._client() as client:
            places = asyncio.Semaphore(_AT_ONCE)
            asked = sorted(set(once.values()))
            found = await asyncio.gather(*(self._answer(client, places, address, step) for address in asked))
        known = dict(zip(asked, found, strict=True))
        return {address: known[asked] for address, asked in once.items()}

    async def _answer(self, client: AsyncClient, places: asyncio.Semaphore, address: str, step: Step) -> Answer:
        async with places:
            step(address)
            try:
                async with asyncio.timeout(self._seconds):
                    return Answer(await _status(client, _http(address)))
            except TimeoutError:
                return Answer(None, f"no answer within {self._seconds:g} s")
            except _failures() as error:
                return Answer(None, _reason(error))

    def _client(self) -> AbstractAsyncContextManager[AsyncClient]:
        import httpx2

        limits = httpx2.Limits(max_connections=_AT_ONCE)
        options: dict[str, Any] = {"follow_redirects": True, "max_redirects": _HOPS, "timeout": self._seconds}
        agent = {"User-Agent": f"vesoc/{__version__}"}
        return httpx2.AsyncClient(headers=agent, limits=limits, transport=self._transport, **options)


async def _document(client: AsyncClient, address: str, most: int) -> Document:
    async with client.stream("GET", _http(address), headers={"Accept": ACCEPT}) as response:
        if not response.is_success:
            raise VesocError(f"{address}: answers {response.status_code}; give the address of a catalogue")
        body = await _bounded(response, address, most)
        return Document(str(response.url), response.headers.get("content-type", ""), body)


async def _status(client: AsyncClient, address: str) -> int:
    """The status that HEAD gives; that of GET, whose body stays unread, where HEAD is refused."""
    response = await client.head(address)
    if response.status_code not in _NOT_BY_HEAD:
        return response.status_code
    async with client.stream("GET", address) as response:
        return response.status_code


async def _bounded(response: Response, address: str, most: int) -> bytes:
    kept = bytearray()
    async for chunk in response.aiter_bytes():
        kept += chunk
        if len(kept) > most:
            raise VesocError(f"{address}: larger than {most // 1024 // 1024} MB; give the address of a part of it")
    return bytes(kept)


def remote(address: str) -> bool:
    """Whether something is an address of http or https."""
    return address.lower().startswith(("http://", "https://"))


def _http(address: str) -> str:
    if not remote(address):
        raise VesocError("no address of http or https")
    return address


def _failures() -> tuple[type[Exception], ...]:
    """What a request may fail by; an address that is none is told by the last two."""
    import httpx2

    return VesocError, httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, ValueError, OSError


def _reason(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
