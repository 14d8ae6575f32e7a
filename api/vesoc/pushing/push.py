"""Named graphs into an engine, one after the other: each emptied, sent in parts, counted and compared.

What the engine says of itself meanwhile (its stand) is all that is remembered: a push that was broken off goes on from
there, wherever it is begun again. Of two at the same time, the one that has told its stand last goes on.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol

from pyoxigraph import Triple

from vesoc.errors import VesocError
from vesoc.pushing.comparison import Comparison, compare
from vesoc.pushing.engine import Engine
from vesoc.pushing.material import Material
from vesoc.pushing.parts import Part, has_blank, parts, skolemized
from vesoc.pushing.requests import Refusal
from vesoc.remote.stand import COMPLETE, PUSHING, Stand

_SAMPLE = 100_000  # statements of a graph that are compared
_TOLD_EVERY = 1.0  # seconds between two notes of what is done, where graphs are small
_SHOWN = 3


class Watcher(Protocol):
    """Who is told how far it is."""

    def sent(self, iri: str, triples: int) -> None:
        """So many further statements of a graph are in the engine; less than none where it begins anew."""

    def done(self, iri: str, triples: int, seconds: float) -> None:
        """A graph is in the engine as a whole, and counted."""


@dataclass(frozen=True)
class Plan:
    """What is to be done, by the IRIs of graphs: those that are `kept` as they are, `sent`, and taken away (`gone`).

    Of those sent, no push has put those there that are `taken`. `former` is what the engine said before; `complete`
    tells that it holds all of it already.
    """

    kept: tuple[str, ...]
    sent: tuple[str, ...]
    gone: tuple[str, ...]
    taken: tuple[str, ...]
    former: Stand | None
    complete: bool


@dataclass
class Outcome:
    """What came of it: numbers of statements that are not right (wanted, found), values that differ, by graph."""

    wrong: dict[str, tuple[int, int]] = field(default_factory=dict)
    compared: dict[str, Comparison] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)  # graphs whose blank nodes have got IRIs


def plan(engine: Engine, material: Material) -> Plan:
    """What a push has to do now."""
    former = engine.stand()
    wanted = material.graphs
    kept: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    if former:
        gone = tuple(iri for iri in former.manifest.graphs if iri and iri not in wanted)
        done = former.done if same(former, material) else ()
        kept = tuple(iri for iri in wanted if iri in done and engine.number(iri) == wanted[iri])
    sent = tuple(iri for iri in wanted if iri not in kept)
    ours = former.manifest.graphs if former else {}
    taken = tuple(iri for iri in sent if iri not in ours and engine.number(iri))
    return Plan(kept, sent, gone, taken, former, bool(former and former.complete and not sent and not gone))


def numbers(engine: Engine, material: Material, former: Stand | None) -> dict[str, tuple[int, int]]:
    """The graphs whose number of statements in the engine is not the one wanted: (wanted, found).

    `former` is what the engine says; of graphs that it tells of beside those of the data, none is wanted.
    """
    old = {iri: 0 for iri in former.manifest.graphs if iri} if former else {}
    found = {iri: (wanted, engine.number(iri)) for iri, wanted in {**old, **material.graphs}.items()}
    return {iri: pair for iri, pair in found.items() if pair[0] != pair[1]}


class Overtaken(VesocError):
    """Another push has begun to fill the engine."""


class Push:
    """One push; `replace` lets it take graphs that are not from a push before, `strict` has it compare everything."""

    def __init__(
        self, engine: Engine, material: Material, watcher: Watcher, *, replace: bool = False, strict: bool = False
    ) -> None:
        self._engine = engine
        self._material = material
        self._watcher = watcher
        self._replace = replace
        self._strict = strict
        self._outcome = Outcome()
        self._name = secrets.token_hex(8)
        self._done: list[str] = []
        self._told = 0.0
        self._noting = False  # the engine says what this push has done
        self._now = ""
        self._sent = 0

    @property
    def begun(self) -> bool:
        """Whether the engine has been told that it is being filled."""
        return self._told > 0

    def run(self, planned: Plan) -> Outcome:
        """Do what is planned; VesocError where it cannot be done to its end, Overtaken where another push is at it."""
        self._require_free(planned)
        if self._strict:
            for iri in planned.kept:
                self._compare(iri)
        if planned.complete:
            return self._outcome
        self._clear(planned)
        self._done = list(planned.kept)
        self._tell(PUSHING)
        self._noting = True
        for iri in planned.sent:
            self._graph(iri)
        # Another push, which is to stop when it sees ours, may have sent something after that was counted.
        self._outcome.wrong |= numbers(self._engine, self._material, None)
        self._tell(PUSHING if self._outcome.wrong else COMPLETE)
        return self._outcome

    def standing(self) -> str:
        """What the engine holds when the push is broken off, and how to go on."""
        graphs = self._material.graphs
        now = f"; {self._now} has {self._sent:,} of {graphs[self._now]:,} triples at least" if self._now else ""
        return (
            f"{len(self._done)} of {len(graphs)} graphs are in the engine, counted and right{now}. "
            "Servers in front of it say that it is being filled. Give the same command again to go on from there"
        )

    def note(self) -> None:
        """Have the engine remember what is done, if it can be reached."""
        with suppress(VesocError):
            if self._noting:
                self._tell(PUSHING)

    def _require_free(self, planned: Plan) -> None:
        """VesocError where a graph that would be overwritten is of somebody else."""
        if planned.taken and not self._replace:
            shown = ", ".join(planned.taken[:_SHOWN]) + (" …" if len(planned.taken) > _SHOWN else "")
            raise VesocError(f"{shown}: in the engine already, and not from a push; overwrite with --replace")

    def _clear(self, planned: Plan) -> None:
        """Take away what is no longer there, while the engine still says what was pushed before."""
        if planned.gone and planned.former:
            self._say(Stand(PUSHING, planned.former.manifest, (), self._name))
            for iri in planned.gone:
                self._require_ours()
                self._engine.door.remove(iri)
                if left := self._engine.number(iri):
                    raise VesocError(f"{iri}: was to be taken away, but {left:,} triples are left")

    def _graph(self, iri: str) -> None:
        began = time.monotonic()
        self._now, self._sent = iri, 0
        self._transfer(iri)
        wanted, found = self._material.graphs[iri], self._engine.number(iri)
        if found:
            self._compare(iri)
        self._now = ""
        if wanted != found:
            self._outcome.wrong[iri] = wanted, found
            return
        self._done.append(iri)
        self._watcher.done(iri, wanted, time.monotonic() - began)
        if time.monotonic() - self._told > _TOLD_EVERY:
            self._tell(PUSHING)

    def _transfer(self, iri: str) -> None:
        """Send a graph: in one request where blank nodes are in it, so that they stay what they are, else in parts."""
        door = self._engine.door
        if self._material.graphs[iri] <= door.whole.triples:
            found = parts(self._material.triples(iri), door.whole)
            first, more = next(found), next(found, None)
            small = first.blank or first.fits(door.size)
            if small and more is None and self._put(iri, first):
                return
        self._in_parts(iri)

    def _in_parts(self, iri: str) -> None:
        blank = False

        def named() -> Iterator[Triple]:
            nonlocal blank
            for triple in self._material.triples(iri):
                blank = blank or has_blank(triple)
                yield skolemized(triple, self._material.manifest.base)

        self._require_ours()
        self._engine.door.remove(iri)
        self._count(iri, -self._sent)
        for part in parts(named(), self._engine.door.size):
            self._add(iri, part)
        if blank:
            self._outcome.named.append(iri)

    def _put(self, iri: str, part: Part) -> bool:
        """Send a graph as a whole; false where the engine does not take that: it is too large, or has blank nodes."""
        self._require_ours()
        try:
            self._engine.door.put(iri, part.body)
        except Refusal as refusal:
            if part.blank or _divides(refusal, part):
                return False
            raise
        self._count(iri, len(part.lines))
        return True

    def _add(self, iri: str, part: Part) -> None:
        """Send a part, in halves where it is too large."""
        self._require_ours()
        try:
            self._engine.door.add(iri, part.body)
        except Refusal as refusal:
            if not _divides(refusal, part):
                raise
            for half in part.halves():
                self._add(iri, half)
        else:
            self._count(iri, len(part.lines))

    def _count(self, iri: str, triples: int) -> None:
        self._sent += triples
        self._watcher.sent(iri, triples)

    def _compare(self, iri: str) -> None:
        try:
            # Virtuoso gives no more than a million statements at once, so a part is asked for where that is enough.
            most = None if self._strict or self._material.graphs[iri] <= _SAMPLE else _SAMPLE
            with self._engine.read(iri, most) as found:
                self._outcome.compared[iri] = compare(self._material, iri, found)
        except (VesocError, SyntaxError, ValueError) as error:
            self._outcome.unread[iri] = str(error)

    def _tell(self, status: str) -> None:
        self._say(Stand(status, self._material.told, tuple(self._done), self._name))

    def _say(self, now: Stand) -> None:
        if self.begun:
            self._require_ours()
        self._engine.tell(now)
        self._told = time.monotonic()

    def _require_ours(self) -> None:
        """Overtaken where the engine tells of another push, which would find what we send among its own."""
        now = self._engine.stand()
        if now and now.push != self._name:
            raise Overtaken(
                "another push has begun to fill the engine, so this one has stopped; --verify tells of either data "
                "whether it is there"
            )


def _divides(refusal: Refusal, part: Part) -> bool:
    """Whether a part that was refused may go in smaller ones."""
    return refusal.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and len(part.lines) > 1


def same(former: Stand, material: Material) -> bool:
    """Whether the engine was given just this data: the same graphs of the same digest."""
    ours, theirs = material.told, former.manifest
    own = (theirs.digest, theirs.state, dict(theirs.graphs)) == (ours.digest, ours.state, dict(ours.graphs))
    return own and theirs.base == ours.base
