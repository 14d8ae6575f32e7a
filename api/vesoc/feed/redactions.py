"""What was taken out of all releases, as the feed tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from vesoc.errors import VesocError
from vesoc.releases import tombstones
from vesoc.releases.tombstones import LIST, Tombstone


@dataclass(frozen=True)
class Redaction:
    """Statements about a resource were taken out of the releases of `versions`; `reasons` are by language.

    `gone` says that no release says anything of it any more. A resource that is to be forgotten has the name that its
    tombstone has, a digest of its IRI (RFC 6920).
    """

    resource: str
    moment: datetime
    reasons: tuple[tuple[str, str], ...]
    versions: tuple[str, ...]
    gone: bool


def read(folder: Path | None) -> tuple[Redaction, ...]:
    """The redactions beside the releases of a folder, none where it has no list; VesocError for what is no list."""
    try:
        return tuple(map(_redaction, tombstones.read(folder))) if folder else ()
    except (ValueError, TypeError, AttributeError) as error:
        raise VesocError(f"{LIST}: no list of redactions ({error}); put back what vesoc redact wrote") from None


def _redaction(told: Tombstone) -> Redaction:
    moment = datetime.fromisoformat(told.moment)
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return Redaction(told.resource, moment, tuple(sorted(told.reason.items())), told.versions, told.gone)
