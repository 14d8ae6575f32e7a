"""A difference as an RDF Patch (https://afs.github.io/rdf-patch/), with which the old state becomes the new one."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator

from pyoxigraph import Quad

from vesoc.authoring.difference import Difference
from vesoc.serialisation import lines, used


def patch(found: Difference, base: str) -> bytes:
    """The patch: one transaction that takes out what went and puts in what came, in N-Quads terms.

    Its id is made from the statements of the new state and `prev` from those of the old one, so patches of successive
    states form a chain. Blank nodes bear the labels of the canonical form.
    """
    return b"".join(line + b"\n" for line in _lines(found, base))


def _lines(found: Difference, base: str) -> Iterator[bytes]:
    yield f"H id <{_named(found.new.quads)}> .".encode()
    yield f"H prev <{_named(found.old.quads)}> .".encode()
    yield b"TX ."
    for prefix, space in used((quad.triple for quad in found.added), base).items():
        yield f'PA "{prefix}" <{space}> .'.encode()
    for operation, quads in ((b"D ", found.removed), (b"A ", found.added)):
        yield from (operation + line for line in lines(quads).splitlines())
    yield b"TC ."


def _named(quads: Iterable[Quad]) -> str:
    """The name of a state: a UUID of version 5 from the digest of its sorted N-Quads."""
    digest = hashlib.sha256(lines(quads)).hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"ni:///sha-256;{digest}").urn
