"""The errors that a reader can act on.

VesocError
└── Problem        one that an HTTP client meets (RFC 9457)
ReaderGone         not for anybody to read
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class VesocError(Exception):
    """Something that the user can mend; the text says what happened and what to do."""


class ReaderGone(Exception):
    """Whoever was to read the answer has gone; nobody is left to tell."""


class Problem(VesocError):
    """An error with an HTTP status, told as problem details (RFC 9457).

    `extra` holds further members of the document (`line`, `column`, `limit` …), `headers` further header fields.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.extra = extra or {}
        self.headers = headers or {}

    @property
    def title(self) -> str:
        """The name of the status code."""
        return HTTPStatus(self.status).phrase

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            **self.extra,
        }
