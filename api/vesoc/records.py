"""What is known of one request while it is answered: for the log, the figures and the spans when it is over."""

from __future__ import annotations

import time
from collections.abc import Sequence
from http import HTTPStatus
from types import MappingProxyType

from starlette.types import ASGIApp, Message, Scope, Send

from vesoc.fingerprint import Fingerprint
from vesoc.usage import Usage

# Outcomes of a query that no worker has answered.
HIT, UNCHANGED, MISS = "hit", "unchanged", "miss"
OUTCOMES = MappingProxyType(
    {
        "syntax": "syntax",
        "evaluation": "evaluation",
        "timeout": "timeout",
        "memory": "memory",
        "full": "full",
        "stalled": "stalled",
        "loading": "unavailable",
        "unavailable": "unavailable",
        "failure": "failure",
    }
)
OTHER_OUTCOMES = ("ok", HIT, UNCHANGED, "refused", "gone")
ELSEWHERE = "engine"  # an engine elsewhere has failed, or does not take the query
NO_ROUTE = "none"
_STATIC = "/static"
_NONE = Usage()  # of those that ask no worker


class Record:
    """One request, in `scope["state"]["record"]`; whoever learns something of it notes it here.

    `route` is the template of its path, `problem` the kind of the problem that it was told, `cache` what the cache said
    of it, `text` and `query` are what it asks. `fields` are those that every answer has,
    and `response` is what answers it, where that is known before its task begins. `admitted` says that it was let in,
    `counted` that it counts as one of those that its client may ask.
    """

    def __init__(self, scope: Scope, identifier: str, fields: Sequence[tuple[bytes, bytes]] = ()) -> None:
        state = scope.setdefault("state", {})
        self.inside = "snapshot" in state  # which only the server gives, asking itself
        state.update(request_id=identifier, record=self)
        self.scope = scope
        self.fields = ((b"x-request-id", identifier.encode()), *fields)
        self.started = time.perf_counter()
        self.moment = time.time()
        self.id = identifier
        self.status = 0
        self.size = 0
        self.whole = False
        self.route = _STATIC if scope["path"].startswith(f"{_STATIC}/") else NO_ROUTE
        self.problem: str | None = None
        self.cache: str | None = None
        self.query: Fingerprint | None = None
        self.text = ""
        self.usage = _NONE
        self.response: ASGIApp | None = None
        self.admitted = self.counted = False

    @property
    def begun(self) -> bool:
        """Whether the answer has begun."""
        return self.status > 0

    @property
    def method(self) -> str:
        """The method of the request."""
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        """The path of the request."""
        return str(self.scope["path"])

    @property
    def client(self) -> str:
        """The address of the client; empty where there is none."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def outcome(self) -> str:
        """What came of a query, in one of `OUTCOMES` or `OTHER_OUTCOMES`."""
        if self.problem == ELSEWHERE:
            return "evaluation" if self.status == HTTPStatus.BAD_REQUEST else "unavailable"
        if self.problem:
            return OUTCOMES.get(self.problem, "refused")
        if not self.whole:
            return "gone"
        return self.cache if self.cache in (HIT, UNCHANGED) else "ok"

    def sending(self, send: Send) -> Send:
        """Passes the messages of the answer on, with the fields that all answers have."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                message["headers"] = [*message.get("headers", ()), *self.fields]
            elif message["type"] == "http.response.body":
                self.size += len(message.get("body", b""))
                self.whole = not message.get("more_body", False)
            await send(message)

        return sent


def note(scope: Scope, **values: object) -> None:
    """Note something of the request, where anybody keeps a record of it."""
    record = scope.get("state", {}).get("record")
    for name, value in values.items() if record else ():
        setattr(record, name, value)
