"""Requests to an engine elsewhere, one after the other: who asks, how often, and what the answers mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import httpx2
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from vesoc import __version__, moments
from vesoc.errors import VesocError
from vesoc.remote.login import login
from vesoc.settings import Settings

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds before each further try
_MOST_WAIT = 60.0  # seconds, whatever an engine asks for
_CONNECT = 10.0
_SAID = 300  # characters of what an engine says of an error
# What may pass by itself; of 500 nobody knows, and Virtuoso tells deadlocks by it.
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_MARKUP = re.compile(r"<style.*?</style>|<title.*?</title>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class Refusal(VesocError):
    """An answer that stays the same however often one asks; `status` is that of HTTP."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class Unreachable(VesocError):
    """An engine that did not answer, or not as it should, though it was asked several times."""


class Requests:
    """A client of one engine with the credentials of the settings; a request may take `seconds`."""

    def __init__(self, chosen: Settings, seconds: float) -> None:
        self._settings = chosen
        self._client = httpx2.Client(
            auth=login(chosen),
            timeout=httpx2.Timeout(seconds, connect=min(_CONNECT, seconds)),
            headers={"User-Agent": f"vesoc/{__version__}"},
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def send(
        self,
        method: str,
        address: str,
        *,
        arguments: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> bytes:
        """The body of a good answer; bytes are sent as they are and mappings as a form.

        Refusal where the engine does not want to, Unreachable where it did not answer in several tries.
        """
        last = stop_after_attempt(len(PAUSES) + 1)
        tries = Retrying(retry=retry_if_exception_type(_Again), stop=last, wait=_pause, reraise=True)
        try:
            return tries(self._once, method, address, arguments, body, fields)
        except _Again as again:
            raise Unreachable(f"{address}: {again} ({len(PAUSES) + 1} tries)") from None

    def _once(self, method: str, address: str, *details: Any) -> bytes:
        request = self._request(method, address, *details)
        try:
            answer = self._client.send(request)
        except httpx2.RequestError as error:
            raise _Again(_reason(error)) from None
        if answer.status_code in _PASSING:
            raise _Again(
                f"answers {answer.status_code}: {_said(answer)}",
                moments.wait(answer.headers.get("retry-after"), _MOST_WAIT),
            )
        return self._good(answer, address)

    @contextmanager
    def stream(self, method: str, address: str, **options: Any) -> Iterator[Iterator[bytes]]:
        """The body of an answer piece by piece, asked for once; Refusal or Unreachable as above."""
        request = self._request(method, address, **options)
        try:
            answer = self._client.send(request, stream=True)
            try:
                if not answer.is_success:
                    answer.read()
                    self._good(answer, address)
                yield answer.iter_bytes()
            finally:
                answer.close()
        except httpx2.RequestError as error:
            raise Unreachable(f"{address}: {_reason(error)}") from None

    def _request(
        self,
        method: str,
        address: str,
        arguments: Mapping[str, str] | None = None,
        body: bytes | Mapping[str, str] | None = None,
        fields: Mapping[str, str] | None = None,
    ) -> httpx2.Request:
        try:
            url = httpx2.URL(address).copy_merge_params(dict(arguments or {}))
        except httpx2.InvalidURL:  # which says of it what may be a password
            told = (
                "an address of the engine (VESOC_SPARQL_URL, …_UPDATE, …_GRAPHS) is none; write http://HOST:PORT/PATH"
            )
            raise VesocError(told) from None
        form = {"content": body} if isinstance(body, bytes) else {"data": body}
        return self._client.build_request(method, url, headers=dict(fields or {}), **form)

    def _good(self, answer: httpx2.Response, address: str) -> bytes:
        if answer.is_success:
            return answer.content
        status = answer.status_code
        hint = self._hint(status)
        raise Refusal(status, f"{address}: answers {status}: {hint or _said(answer)}")

    def _hint(self, status: int) -> str:
        """What to do about a status that tells of rights."""
        if status == HTTPStatus.UNAUTHORIZED and login(self._settings):
            return "it does not know these credentials (VESOC_SPARQL_USER, VESOC_SPARQL_PASSWORD, VESOC_SPARQL_TOKEN)"
        if status == HTTPStatus.UNAUTHORIZED:
            return "it asks who you are; set VESOC_SPARQL_USER and VESOC_SPARQL_PASSWORD, or VESOC_SPARQL_TOKEN"
        return ""


class _Again(Exception):
    """Something that may be over in a moment, at best after `wait` seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


def _pause(state: RetryCallState) -> float:
    """The seconds before the next try."""
    error = state.outcome.exception() if state.outcome else None
    return max((*PAUSES, 0.0)[state.attempt_number - 1], error.wait if isinstance(error, _Again) else 0.0)


def _said(answer: httpx2.Response) -> str:
    """What an answer says in words."""
    return _line(_MARKUP.sub(" ", answer.text)) or answer.reason_phrase


def _reason(error: httpx2.RequestError) -> str:
    if isinstance(error, httpx2.TimeoutException):
        return "does not answer in time"
    return _line(str(error)) or type(error).__name__


def _line(text: str) -> str:
    """The beginning of a text on one line, without what would steer a terminal."""
    return "".join(filter(str.isprintable, " ".join(text.split())))[:_SAID]
