"""Moments as text, and how far off they are."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def told(moment: datetime) -> str:
    """A moment in UTC as ISO 8601 and xsd:dateTime have it, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def wait(retry_after: str | None, most: float) -> float:
    """Seconds that a Retry-After field asks for (RFC 9110, 10.2.3), by a number or a date; at most `most`."""
    text = (retry_after or "0").strip()
    try:
        seconds = float(text) if text.isdecimal() else _until(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return 0.0
    return min(max(seconds, 0.0), most)


def _until(moment: datetime) -> float:
    """Seconds until a moment, in UTC unless it says otherwise."""
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
