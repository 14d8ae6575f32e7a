"""The way in: who asks, whether they may, and whether they ask too much; for requests and for early answers alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.types import Message, Send

from vesoc.cache import Fields
from vesoc.clients import Clients
from vesoc.credentials import Credentials
from vesoc.errors import Problem
from vesoc.settings import Settings

if TYPE_CHECKING:  # which takes long to import
    from vesoc.rates import Rate

_CONTROL = b"cache-control"


class Door:
    """What the settings ask of a request before anything is done for it."""

    def __init__(self, settings: Settings) -> None:
        self._clients = Clients(settings.trusted_proxies)
        self._credentials = Credentials(settings.access_user, settings.access_password, settings.access_token)
        self._rate = _rate(settings.rate_limit)
        self.closed = bool(self._credentials)
        self.fields = [("ratelimit-policy", self._rate.policy)] if self._rate else []

    def client(self, peer: tuple[str, int] | None, fields: Fields) -> str:
        """The address of the client; empty where it is not known."""
        return self._clients.address(peer[0] if peer else None, fields)

    def lets_pass(self, client: str, fields: Fields) -> bool:
        """Whether a request that costs next to nothing may be answered; who may not is told so by `require`."""
        if self.closed and not self._credentials.given(fields):
            return False
        return self._rate is None or self._rate.takes(client, cheap=True)

    def require(self, client: str, fields: Fields) -> None:
        """Problem 401 without the credentials that are asked for, 429 for a client that has asked too much."""
        self.require_rate(client)  # first, as it bounds how often a password can be guessed
        if self.closed and not self._credentials.given(fields):
            headers = {"WWW-Authenticate": self._credentials.challenge, "Cache-Control": "no-store"}
            raise Problem(401, "this server is not open to everybody; send credentials", headers=headers)

    def require_rate(self, client: str, *, cheap: bool = False) -> None:
        """Problem 429 for a client that has asked too much."""
        if self._rate and not self._rate.takes(client, cheap=cheap):
            headers = {**self._rate.fields(client), "Cache-Control": "no-store"}
            wait = headers["Retry-After"]
            extra = {"limit": "rate", "seconds": int(wait)}
            raise Problem(429, f"you have asked too much; go on in {wait} seconds", extra=extra, headers=headers)

    def give_back(self, client: str) -> None:
        """A request that was let in by `require` has cost next to nothing."""
        if self._rate:
            self._rate.give_back(client)


def private(fields: Fields) -> Fields:
    """The fields of an answer that no cache may keep but that of the client."""
    told = b", ".join(value for name, value in fields if name == _CONTROL)
    known = any(word in told for word in (b"public", b"private", b"no-store"))
    own = told.replace(b"public", b"private") if known else b"private, no-cache"
    return [*(field for field in fields if field[0] != _CONTROL), (_CONTROL, own)]


def keeping_private(send: Send) -> Send:
    """Passes the messages of an answer on as such a one."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": private([(name.lower(), value) for name, value in message["headers"]])}
        await send(message)

    return sent


def _rate(text: str | None) -> Rate | None:
    if text is None:
        return None
    from vesoc.rates import Rate

    return Rate(text)
