"""An engine over HTTP (SPARQL 1.1 Protocol): asked again where that may help, and every failure told for what it is."""

from __future__ import annotations

import os
import ssl
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from typing import TypeVar

import httpx2
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, stop_after_delay, wait_random_exponential

from vesoc import moments
from vesoc.errors import Problem
from vesoc.remote import failures
from vesoc.remote.body import Body, labelled, spelt
from vesoc.remote.login import login
from vesoc.settings import Settings

SOLUTIONS = "application/sparql-results+json"
TRIPLES = "application/n-triples"
_ACCEPTED = {SOLUTIONS: (SOLUTIONS, "application/json"), TRIPLES: (TRIPLES, "text/plain")}
_PASSING = {
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}
_CONNECT = 2.0  # seconds
_TRIES = 4
_FIRST, _LONGEST = 0.05, 1.0  # seconds between two tries, before chance shortens them
_MOST_WAIT = 300.0  # seconds that whoever asked is told to wait, whatever the engine says
_PIECE = 1 << 26  # bytes of an answer that is read whole
_COMPLAINT = 2048  # bytes of an error that are read
Fields = Sequence[tuple[str, str]]
Result = TypeVar("Result")


class _Again(Exception):
    """Something that may be over in a moment; `problem` is what is told where it is not."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


class _Cut(Problem):
    """An answer that ends before its end."""

    def __init__(self) -> None:
        cut = failures.cut()
        super().__init__(cut.status, cut.detail, kind=cut.kind)


class Client:
    """Connections of one process, opened when it first asks: a process that is forked opens its own.

    `patience` are the seconds that the engine may be silent, `forked` those where a forked process asks, if they are
    others; half of them are those in which it is asked again.
    """

    def __init__(self, settings: Settings, patience: float, forked: float | None = None, tries: int = _TRIES) -> None:
        assert settings.sparql_url
        self._address = settings.sparql_url
        self._login = login(settings)
        # To read the certificates of all authorities takes a while: once, before others are forked.
        self._trust = ssl.create_default_context() if settings.sparql_url.startswith("https:") else False
        self._maker = os.getpid()
        self._own_patience, self._forked_patience = patience, forked or patience
        self._tries = tries
        self._process = 0
        self._connections: httpx2.Client | None = None
        self.asked = 0  # requests so far, for those who count them

    @property
    def _patience(self) -> float:
        return self._own_patience if os.getpid() == self._maker else self._forked_patience

    def stream(self, fields: Fields, media_type: str) -> Body:
        """An answer as it comes; Problem 400, 502, 503 or 504, also while it is read."""
        return self._again(lambda: self._begun(fields, media_type, None))

    def whole(self, fields: Fields, media_type: str) -> bytes:
        """An answer that is not large, all of it."""
        return self._again(lambda: self._whole(fields, media_type))

    def close(self) -> None:
        """Hang up."""
        if self._connections and self._process == os.getpid():
            self._connections.close()
        self._connections = None

    def _whole(self, fields: Fields, media_type: str) -> bytes:
        with self._begun(fields, media_type, _PIECE) as body:
            try:
                return body.read()
            except _Cut as cut:
                raise _Again(cut) from None

    def _again(self, work: Callable[[], Result]) -> Result:
        tries = Retrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_after_attempt(self._tries) | stop_after_delay(self._patience / 2),
            wait=wait_random_exponential(_FIRST, _LONGEST),
            reraise=True,
        )
        try:
            return tries(work)
        except _Again as error:
            raise error.problem from None

    def _begun(self, fields: Fields, media_type: str, most: int | None) -> Body:
        response = self._sent(fields, media_type)
        try:
            if response.status_code != HTTPStatus.OK:
                raise _failure(response)
            _require_form(response, media_type)
            chunks = self._chunks(response)
            told = spelt(labelled(chunks)) if media_type == SOLUTIONS else chunks
            return Body(told, response.close, *([most] if most else []))
        except _Cut as cut:  # nothing of it has gone out yet
            response.close()
            raise _Again(cut) from None
        except BaseException:
            response.close()
            raise

    def _sent(self, fields: Fields, media_type: str) -> httpx2.Response:
        accept = ", ".join(_ACCEPTED[media_type])
        form: dict[str, list[str]] = {}
        for name, value in fields:
            form.setdefault(name, []).append(value)
        self.asked += 1
        try:
            connections = self._opened()
            request = connections.build_request("POST", self._address, data=form, headers={"Accept": accept})
            return connections.send(request, stream=True)
        except httpx2.ReadTimeout:
            raise failures.late(self._patience) from None
        except httpx2.TransportError:
            raise _Again(failures.gone()) from None

    def _chunks(self, response: httpx2.Response) -> Iterator[bytes]:
        try:
            yield from response.iter_raw()
        except httpx2.TimeoutException:
            raise failures.late(self._patience) from None
        except httpx2.TransportError:
            raise _Cut from None

    def _opened(self) -> httpx2.Client:
        if self._connections is None or self._process != os.getpid():
            self._process = os.getpid()
            self._connections = httpx2.Client(
                auth=self._login,
                timeout=httpx2.Timeout(self._patience, connect=min(_CONNECT, self._patience)),
                limits=httpx2.Limits(keepalive_expiry=60),
                headers={"Accept-Encoding": "identity", "User-Agent": "vesoc"},
                verify=self._trust,
                trust_env=False,  # no proxy and no .netrc: the settings say all
            )
        return self._connections


def _failure(response: httpx2.Response) -> Exception:
    """What an answer comes to that is none."""
    status = response.status_code
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return failures.refused(status)
    if status == HTTPStatus.BAD_REQUEST:
        return failures.misunderstood(_said(response))
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _Again(failures.failed(status))
    if status not in _PASSING:
        return failures.failed(status)
    wait = moments.wait(response.headers.get("retry-after"), _MOST_WAIT)
    problem = failures.busy(status, wait)
    return problem if wait >= _LONGEST else _Again(problem)


def _said(response: httpx2.Response) -> str:
    """The beginning of an error message."""
    said = b""
    try:
        for chunk in response.iter_raw():
            said += chunk
            if len(said) >= _COMPLAINT:
                break
    except httpx2.TransportError:
        return "it does not say why"
    return said[:_COMPLAINT].decode(errors="replace")


def _require_form(response: httpx2.Response, media_type: str) -> None:
    """Problem 502 for another media type, and for triples without a length: there is no other sign of their end."""
    found = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    if found not in _ACCEPTED[media_type]:
        raise failures.strange(found or "no media type")
    framed = "content-length" in response.headers or "chunked" in response.headers.get("Transfer-Encoding", "").lower()
    if media_type == TRIPLES and not framed:
        raise failures.strange("neither a length nor chunks")
