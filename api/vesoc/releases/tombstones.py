"""What was taken out of the releases: a list beside them that tells it without saying it again."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from vesoc import moments
from vesoc.errors import VesocError
from vesoc.serialisation import lines

LIST = "redactions.json"
_SALT = 16  # bytes


@dataclass(frozen=True)
class Tombstone:
    """Statements of one resource were taken out of the releases of `versions`.

    `moment` is in UTC; `reason` is by language; `statements` counts triples; `gone` says
    that no release says anything of the resource any more. `digests` are the SHA-256 of `salt` (hexadecimal) followed
    by the N-Triples line of each triple: with them a statement can be known again, but not read.
    """

    resource: str
    moment: datetime
    reason: dict[str, str]
    versions: tuple[str, ...]
    statements: int
    gone: bool
    salt: str
    digests: tuple[str, ...]


def read(folder: Path | None) -> tuple[Tombstone, ...]:
    """The tombstones beside the releases of a folder, none without a list; VesocError for a list that is none."""
    if folder is None or not (path := folder / LIST).is_file():
        return ()
    try:
        return tuple(map(_tombstone, json.loads(path.read_text(encoding="utf-8"))))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise VesocError(f"{path}: no list of redactions ({error}); put back what vesoc redact wrote") from None


def _tombstone(told: dict[str, Any]) -> Tombstone:
    found = Tombstone(**told)
    moment, reason = datetime.fromisoformat(told["moment"]), dict(told["reason"].items())
    moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    return replace(found, moment=moment, reason=reason, versions=tuple(found.versions), digests=tuple(found.digests))


def write(folder: Path, tombstones: Iterable[Tombstone]) -> None:
    """Put the list in place whole; whoever reads it meanwhile has the old one."""
    part = folder / f".{LIST}.part"
    text = json.dumps(
        [asdict(one) | {"moment": moments.told(one.moment)} for one in tombstones], ensure_ascii=False, indent=1
    )
    with part.open("w", encoding="utf-8") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(folder / LIST)


def salt(known: Iterable[Tombstone]) -> str:
    """The salt of a list, a new one for the first tombstone."""
    return next((one.salt for one in known), secrets.token_hex(_SALT))


def digests(triples: Iterable[Triple], salt: str) -> tuple[str, ...]:
    """What each triple is known by, sorted."""
    return tuple(sorted(_digest(salt, line) for line in lines(triples).splitlines(keepends=True)))


def merged(known: Iterable[Tombstone], new: Tombstone) -> list[Tombstone]:
    """The list with a new tombstone; one that tells of the same triples already only gets the versions."""
    found = list(known)
    for place, one in enumerate(found):
        if one.resource == new.resource and set(new.digests) <= set(one.digests):
            versions = tuple(sorted({*one.versions, *new.versions}))
            return [*found[:place], replace(one, versions=versions, gone=new.gone), *found[place + 1 :]]
    return [*found, new]


def hashed(iri: str) -> str:
    """The name of an IRI's SHA-256 (RFC 6920): who knows the IRI can find it, who does not cannot read it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(iri.encode()).digest()).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def require_absent(quads: Iterable[Quad], folder: Path) -> None:
    """VesocError where statements that were taken out of the releases of a folder stand in the data again."""
    told = read(folder)
    if told and (again := sorted(_known({quad.triple for quad in quads}, told))):
        subjects = ", ".join(sorted(set(_subjects(again))))
        raise VesocError(
            f"the data says again what was taken out ({folder / LIST}): statements on {subjects}; "
            "remove them, or their entry in the list where they may stand"
        )


def _known(triples: Iterable[Triple], told: Iterable[Tombstone]) -> Iterator[bytes]:
    """The lines of those triples that were taken out."""
    taken: dict[str, set[str]] = defaultdict(set)
    for one in told:
        taken[one.salt] |= set(one.digests)
    for line in lines(triples).splitlines(keepends=True):
        if any(_digest(salt, line) in found for salt, found in taken.items()):
            yield line


def _subjects(found: Iterable[bytes]) -> Iterator[str]:
    for quad in parse(b"".join(found), format=RdfFormat.N_TRIPLES):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject.value


def _digest(salt: str, line: bytes) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + line).hexdigest()
