"""A query as the log and the figures name it: by its kind and a digest, so that its text need not be kept."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

_LENGTH = 16  # hexadecimal digits: enough to tell the queries of a log apart


class Fingerprint(NamedTuple):
    """Kind (SELECT, ASK, CONSTRUCT, DESCRIBE or OTHER) and the beginning of the SHA-256 of the text."""

    kind: str
    digest: str


def of(text: str, kind: str | None) -> Fingerprint:
    """The fingerprint of a query; `kind` is None where it begins like none."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Fingerprint(kind or "OTHER", digest[:_LENGTH])
