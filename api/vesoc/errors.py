"""The errors that a reader can act on.

VesocError
└── Problem        one that an HTTP client meets (RFC 9457)
ReaderGone         not for anybody to read
"""

from __future__ import annotations

from http import HTTPStatus
from types import MappingProxyType
from typing import Any

# The kinds of problems that are told by their status alone; the others name theirs.
_KINDS = MappingProxyType(
    {
        400: "bad-request",
        401: "unauthorized",
        403: "forbidden",
        404: "not-found",
        405: "method-not-allowed",
        406: "not-acceptable",
        408: "too-slow",
        410: "gone",
        412: "precondition-failed",
        413: "body-too-large",
        414: "address-too-long",
        415: "unsupported-media-type",
        429: "too-many-requests",
        431: "header-too-large",
        500: "failure",
        502: "engine",
        503: "unavailable",
        504: "engine",
    }
)


class VesocError(Exception):
    """Something that the user can mend; the text says what happened and what to do."""


class ReaderGone(Exception):
    """Whoever was to read the answer has gone; nobody is left to tell."""


class Problem(VesocError):
    """An error with an HTTP status, told as problem details (RFC 9457).

    `kind` is a word for programs, by default that of the status. `extra` holds further members of the document
    (`line`, `column`, `limit` …), `headers` further header fields.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        kind: str | None = None,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.kind = kind or _KINDS.get(status, "other")
        self.extra = extra or {}
        self.headers = headers or {}

    def anew(self) -> Problem:
        """The same, which knows nothing of where this was raised."""
        return Problem(self.status, self.detail, kind=self.kind, extra=self.extra, headers=self.headers)

    @property
    def title(self) -> str:
        """The name of the status code."""
        return HTTPStatus(self.status).phrase

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        return {
            "type": f"/docs#problem-{self.kind}",
            "kind": self.kind,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
