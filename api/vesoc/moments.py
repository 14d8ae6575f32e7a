"""Moments as text."""

from __future__ import annotations

from datetime import UTC, datetime


def told(moment: datetime) -> str:
    """A moment in UTC as ISO 8601 and xsd:dateTime have it, with a Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
