"""One case of the fuzzer: what is sent over one connection and how, from the seed and a number alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from benchmarks.soak import damage, garbling, seeds
from benchmarks.soak.seeds import Draft

MOST = 1 << 20  # bytes of one request: what is doubled too often is cut


@dataclass(frozen=True)
class Case:
    """`methods` are those of the requests, in order; `free` is whether how many there are is for the server to say."""

    number: int
    kind: str
    pieces: tuple[bytes, ...]
    methods: tuple[bytes, ...]
    pause: float = 0.0
    free: bool = False
    leaves: bool = False

    @property
    def sent(self) -> bytes:
        """All its bytes."""
        return b"".join(self.pieces)


def case(seed: int, number: int) -> Case:
    """The case of that number."""
    random = Random(f"{seed}/{number}")
    (make,) = random.choices(list(_MAKERS), list(_MAKERS.values()))
    return make(random, number)


def _sound(random: Random, number: int) -> Case:
    return _one("sound", number, seeds.anything(random))


def _query(random: Random, number: int) -> Case:
    """A damaged query in a request that is in order; some are damaged more than once."""
    text, names = seeds.query(random), []
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        name, change = random.choice(list(garbling.TEXTS.items()))
        names.append(name)
        text = change(random, text)[: MOST // 2]
    return _one(f"query: {names[0]}", number, seeds.asking(random, text))


def _request(random: Random, number: int) -> Case:
    name, change = random.choice(list(damage.DRAFTS.items()))
    made = _one(f"request: {name}", number, change(random, _named(seeds.anything(random), number)))
    return replace(made, free=True)


def _wire(random: Random, number: int) -> Case:
    name, change = random.choice(list(damage.WIRES.items()))
    data = change(random, _named(seeds.anything(random), number).closing().rendered())[:MOST]
    return Case(number, f"wire: {name}", (data,), (data[:4].strip(),), free=True)


def _pipelined(random: Random, number: int) -> Case:
    """Several on one connection, all at once; the later ones may be damaged."""
    drafts = [seeds.anything(random) for _ in range(random.choice((2, 3, 8, 80)))]
    damaged = random.random() < 0.3
    if damaged:
        drafts[-1] = random.choice(list(damage.DRAFTS.values()))(random, drafts[-1])
    drafts = [*(_named(draft, number) for draft in drafts[:-1]), _named(drafts[-1], number).closing()]
    methods = tuple(draft.method for draft in drafts)
    data = b"".join(draft.rendered() for draft in drafts)[:MOST]
    # Of more than wait for their turn some are refused.
    return Case(number, "sent: pipelined", (data,), methods, free=damaged or len(drafts) > 8)


def _slow(random: Random, number: int) -> Case:
    """In pieces with pauses between them."""
    data = _named(seeds.anything(random), number).closing().rendered()
    places = sorted(random.randrange(len(data)) for _ in range(random.randint(1, 6)))
    pieces = tuple(data[one:other] for one, other in zip([0, *places], [*places, len(data)], strict=True))
    pause = random.choice((0.001, 0.02, 0.2))
    return Case(number, "sent: in pieces", pieces, (data[:4].strip(),), pause, free=True)


def _leaving(random: Random, number: int) -> Case:
    """Nobody waits for the answer, or for the end of it."""
    data = _named(seeds.anything(random), number).rendered()
    pieces = (random.choice((data, damage.cut(random, data))),)
    return Case(number, "sent: hung up", pieces, (), random.choice((0, 0, 0.01, 0.1)), free=True, leaves=True)


def _one(kind: str, number: int, draft: Draft) -> Case:
    drawn = _named(draft, number).closing()
    return Case(number, kind, (drawn.rendered()[:MOST],), (drawn.method,))


def _named(draft: Draft, number: int) -> Draft:
    """With the number as its identifier, so that the log of the server tells which it was."""
    if any(name.lower() == b"x-request-id" for name, _ in draft.fields):
        return draft
    return draft.having((b"X-Request-Id", b"case-%d" % number))


_MAKERS: dict[Callable[[Random, int], Case], int] = {
    **{_sound: 4, _query: 50, _request: 28, _wire: 8, _pipelined: 3, _slow: 3, _leaving: 4},
}
