"""What a server tells robots (RFC 9309) and those who find a hole in its security (RFC 9116)."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from vesoc.settings import Settings

# Answers to questions of which there is no end, and what is not for reading.
_CLOSED = (
    *("/sparql", "/graphs", "/resource", "/search", "/workbench", "/cite/", "/preferences", "/health/"),
    *("/*?*property=", "/*?*_profile=", "/*?*_mediatype="),
)
_DAYS = 180  # that a notice on security holds; the standard wants less than a year


def robots(settings: Settings, *, mapped: bool = True) -> str:
    """The rules; nothing may be fetched while the operator has still something to set before others may harvest.

    `mapped` is whether there is a sitemap, which the data of others has not.
    """
    path = urlsplit(settings.address).path.rstrip("/")
    closed = [f"{path}/"] if settings.missing() else [path + place for place in _CLOSED]
    rules = [f"Disallow: {place}" for place in closed]
    sitemap = ["", f"Sitemap: {settings.address}sitemap.xml"] if mapped else []
    return "\n".join(("User-agent: *", *rules, *sitemap, ""))


def security(settings: Settings, today: date) -> str:
    """Contact, and until when this holds; VESOC_CONTACT is to be set."""
    place = f"{settings.address}.well-known/security.txt"
    expires = today + timedelta(days=_DAYS)
    lines = [
        f"Contact: mailto:{settings.contact}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: nl, en",
        *([f"Canonical: {place}"] if place.startswith("https://") else []),  # the standard wants no other there
    ]
    return "\n".join((*lines, ""))
