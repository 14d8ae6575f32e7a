"""The history of the data: a transaction for each release and for each time that statements were taken out of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from vesoc.feed.changes import Change, State, change, changes, state
from vesoc.releases.release import Release
from vesoc.releases.tombstones import Tombstone

_STEP = timedelta(seconds=1)


@dataclass(frozen=True)
class Transaction:
    """Changes of one moment. `name` is the version of the release, or `redaction-` and the moment.

    `reasons` are those of a redaction by language.
    """

    name: str
    moment: datetime
    changes: tuple[Change, ...]
    reasons: tuple[tuple[str, str], ...] = ()


def transactions(releases: Iterable[Release], redactions: Iterable[Tombstone]) -> Iterator[Transaction]:
    """The transactions, the oldest first; no moment comes twice among releases, nor among redactions.

    What a release had before a redaction is in none of them: it has been taken out of the release.
    """
    known = tuple(releases)
    removals = _removals(redactions, {release.version: release.moment for release in known})
    now: State = {}
    for release, until in zip(known, (*(later.moment for later in known[1:]), None), strict=True):
        found = state(release.quads())
        yield Transaction(release.version, release.moment, changes(now, found))
        now = found
        while removals and (until is None or removals[0][0] < until):
            yield _removed(*removals.pop(0), now)


def _removals(redactions: Iterable[Tombstone], moments: dict[str, datetime]) -> list[tuple[datetime, list[Tombstone]]]:
    """Redactions by their moments, the oldest first."""
    dated = sorted(((_moment(one, moments), one) for one in redactions), key=itemgetter(0))
    return [(moment, [one for _, one in found]) for moment, found in groupby(dated, key=itemgetter(0))]


def _moment(redaction: Tombstone, moments: dict[str, datetime]) -> datetime:
    """When it was made, but after every release that it was made in: a replica takes the later for the true one."""
    touched = [moments[version] for version in redaction.versions if version in moments]
    return max([redaction.moment, *(moment + _STEP for moment in touched)])


def _removed(moment: datetime, redactions: list[Tombstone], now: State) -> Transaction:
    """What is left of the resources, or that nothing is; no word of what was never in the feed, as metadata is not."""
    resources = sorted({one.resource for one in redactions if one.gone or one.resource in now})
    reasons = sorted({reason for one in redactions for reason in one.reason.items()})
    left = tuple(change({resource: frozenset()}, now, resource) for resource in resources)
    return Transaction(f"redaction-{moment:%Y%m%dT%H%M%S}Z", moment, left, tuple(reasons))
