"""Who we are to an engine: a token (RFC 6750), or name and password as the engine asks for them (RFC 7616, 7617)."""

from __future__ import annotations

from collections.abc import Generator
from http import HTTPStatus

from httpx2 import Auth, BasicAuth, DigestAuth, Request, Response

from vesoc.settings import Settings

_Flow = Generator[Request, Response, None]


class _Token(Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: Request) -> _Flow:
        """The token goes with each request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class _Password(Auth):
    """Nothing is told until the engine has said whether it wants a digest: else it would have the password itself."""

    def __init__(self, user: str, password: str) -> None:
        self._user = user
        self._password = password
        self._chosen: Auth | None = None

    def auth_flow(self, request: Request) -> _Flow:
        """As the engine asked the first time."""
        if self._chosen is None:
            response = yield request
            if response.status_code != HTTPStatus.UNAUTHORIZED:
                return
            digest = "digest" in response.headers.get("WWW-Authenticate", "").lower()
            self._chosen = (DigestAuth if digest else BasicAuth)(self._user, self._password)
        yield from self._chosen.auth_flow(request)


def login(settings: Settings) -> Auth | None:
    """What the settings give for the engine; None where it is open to everybody."""
    if settings.sparql_token:
        return _Token(settings.sparql_token)
    if settings.sparql_user:
        return _Password(settings.sparql_user, settings.sparql_password or "")
    return None
