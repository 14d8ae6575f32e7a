"""Who goes first: short requests before long ones, each kind in the order of arrival, and the memory that all share.

A request waits for an idle worker and starts as a quick one. After `QUICK_SECONDS`, of which it had a processor for
half, it is slow: its worker gets a lower priority, the lowest beside others, and needs one of the slow places. Without
one it is halted until a place is free, and past the line it is told 503. So a worker for quick requests is free
again after a moment, whatever the others ask. Each engine has lanes of its own; the slow places are shared by all, and
so are the bounds of the workers that are kept afterwards.
"""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from itertools import count

from vesoc.keeping import MOST_LEFT, Kept
from vesoc.runner import Runner
from vesoc.turns import Turn, full, out_of_memory

QUICK_SECONDS = 0.03
PATIENCE = 0.3  # seconds until one is slow that has hardly had a processor
MOST_USES = 2000  # a worker is replaced after so many requests, with whatever they left in its memory
_ALONE, _LOWEST = 5, 19  # niceness of a slow request that has no rival, and of those that have
_WEIGH_SECONDS = 0.1
_MIB = 1024 * 1024


class Slow:
    """The slow requests of all lanes: `places` run at a time, `queue` wait halted, and `memory` MiB are for all.

    What these leave of the memory is for workers that are `kept`, each for `keep` seconds.
    """

    def __init__(self, places: int, queue: int, memory: int, keep: float = 0.0) -> None:
        self.places = places
        self._queue = queue
        self._memory = memory * _MIB
        self._running: set[Turn] = set()
        self._halted: deque[Turn] = deque()
        self._scales: asyncio.TimerHandle | None = None
        self.killed: Counter[str] = Counter()  # workers at work, by the reason
        self.retired: Counter[str] = Counter()  # workers that are not used again
        self.kept = Kept(keep, self._memory, self.retired)

    @property
    def running(self) -> int:
        """The number of places that are taken."""
        return len(self._running)

    @property
    def halted(self) -> int:
        """The number of those that wait for a place."""
        return len(self._halted)

    def enter(self, turn: Turn) -> None:
        """Give it a place, a halt until there is one, or the end."""
        if len(self._running) < self.places:
            self._run(turn)
        elif len(self._halted) < self._queue:
            turn.halted = True
            turn.runner.halt()
            self._halted.append(turn)
        else:
            turn.stop(full())

    def leave(self, turn: Turn) -> None:
        """Its place is for the one that was halted first."""
        if turn in self._halted:
            self._halted.remove(turn)
        self._running.discard(turn)
        while self._halted and len(self._running) < self.places:
            self._go_on(self._halted.popleft())

    def _run(self, turn: Turn) -> None:
        self._running.add(turn)
        for running in self._running:
            running.runner.lower(_ALONE if len(self._running) == 1 else _LOWEST)
        if not self._scales:
            self._scales = asyncio.get_running_loop().call_later(_WEIGH_SECONDS, self._weigh)

    def _go_on(self, turn: Turn) -> None:
        turn.halted = False
        turn.runner.resume()
        self._run(turn)

    def _weigh(self) -> None:
        """The largest of the slow ones is stopped where they take too much together."""
        self._scales = None
        grown = {turn: turn.weigh() for turn in (*self._running, *self._halted) if not turn.reason}
        self.kept.fit(self._memory - sum(grown.values()))
        if not grown:
            return
        if sum(grown.values()) > self._memory:
            max(grown, key=grown.__getitem__).stop(out_of_memory())
        self._scales = asyncio.get_running_loop().call_later(_WEIGH_SECONDS, self._weigh)


class Lanes:
    """Idle workers of one engine and the requests that wait for one; `replace` is told of each that turns slow.

    `queue` requests wait, each for `patience` seconds at most.
    """

    def __init__(self, slow: Slow, queue: int, patience: float, replace: Callable[[Runner], None]) -> None:
        self._slow = slow
        self._queue = queue
        self._patience = patience
        self._replace = replace
        self._idle: list[Runner] = []
        self._waiting: dict[int, tuple[Callable[[Turn], object], asyncio.TimerHandle]] = {}  # in the order of arrival
        self._numbers = count()
        self._busy: set[Turn] = set()
        self._leaving = False

    @property
    def idle(self) -> int:
        """The number of workers that are free."""
        return sum(not runner.gone for runner in self._idle) + self.kept

    @property
    def kept(self) -> int:
        """How many of these have been slow."""
        return sum(not runner.gone for runner in self._slow.kept.of(self))

    @property
    def waiting(self) -> int:
        """The number of requests that wait for a worker."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        """The number of workers that answer."""
        return len(self._busy)

    @property
    def processes(self) -> list[int]:
        """The processes of all its workers."""
        runners = [*self._idle, *self._slow.kept.of(self), *(turn.runner for turn in self._busy)]
        return [runner.process for runner in runners if not runner.gone]

    def arrive(self, runner: Runner) -> None:
        """A worker that is free: for the one who waits longest, or to be idle."""
        if runner.gone:
            return runner.dismiss()
        if runner.left > MOST_LEFT:
            return self._retire(runner, "memory")
        if self._waiting:
            number, (taker, _) = next(iter(self._waiting.items()))
            self.leave_line(number)
            taker(self._begun(runner))
            return None
        if runner.replaced:
            return self._retire(runner, "reload") if self._leaving else self._slow.kept.add(self, runner)
        if not runner.uses:  # it was forked in the place of another, which may have ended
            self._bury()
        return self._idle.append(runner)

    async def take(self) -> Turn:
        """A worker; Problem 503 past the line, or when none was free for too long."""
        future: asyncio.Future[Turn] = asyncio.get_running_loop().create_future()

        # One that was cancelled leaves the line a moment later.
        def taker(turn: Turn) -> None:
            (self._pass_on if future.done() else future.set_result)(turn)

        def late() -> None:
            if not future.done():
                future.set_exception(full())

        place = self.give(taker, late)
        try:
            return await future
        except asyncio.CancelledError:
            self.leave_line(place)
            if not future.cancelled() and not future.exception():
                self._pass_on(future.result())
            raise

    def give(self, taker: Callable[[Turn], object], late: Callable[[], object]) -> int:
        """Call `taker` with a worker, now or when one is free, or `late` when none was for too long.

        Problem 503 past the line. Gives the number of the place there.
        """
        number = next(self._numbers)
        if turn := self._free_turn():
            taker(turn)
        elif len(self._waiting) >= self._queue:
            raise full()
        else:
            timer = asyncio.get_running_loop().call_later(self._patience, self._expire, number, late)
            self._waiting[number] = taker, timer
        return number

    def leave_line(self, number: int) -> None:
        """Give up a place in the line, if it is one still."""
        if place := self._waiting.pop(number, None):
            place[1].cancel()

    def turn_slow(self, turn: Turn) -> None:
        """It takes longer than a moment: a slow place, a halt until there is one, or the end."""
        turn.slow = True
        if not turn.runner.replaced:
            turn.runner.replaced = True
            self._replace(turn.runner)
        self._slow.enter(turn)

    def leave(self, turn: Turn, ended: bool, ending: str = "client") -> None:
        """The request is over; a worker that is still at work is killed, one that was quick is free again.

        One that was slow is renewed first, where it is kept. `ending` says why the worker did not come to an end, for
        the counts.
        """
        self._busy.discard(turn)
        if turn.slow:
            self._slow.leave(turn)
        if turn.halted and ended:
            turn.runner.resume()  # to see that it is renewed, or that nobody waits for it any more
        if not ended:
            self._slow.killed[ending] += 1
            turn.runner.kill()
        elif reason := self._refusal(turn):
            self._retire(turn.runner, reason)
        elif turn.slow:
            turn.runner.renew()
        else:
            self.arrive(turn.runner)

    def leave_off(self) -> None:
        """Keep no worker after a slow request any longer: other data takes the place of this."""
        self._leaving = True
        while runner := self._slow.kept.take(self):
            self._retire(runner, "reload")

    def close(self) -> None:
        """Hang up on the workers that are free: their engine ends."""
        while runner := self._free():
            runner.dismiss()

    def _pass_on(self, turn: Turn) -> None:
        """The worker is for another one."""
        self._busy.discard(turn)
        self.arrive(turn.runner)

    def _free_turn(self) -> Turn | None:
        while runner := self._free():
            if not runner.gone:
                return self._begun(runner)
            runner.dismiss()
        return None

    def _expire(self, number: int, late: Callable[[], object]) -> None:
        self.leave_line(number)
        late()

    def _begun(self, runner: Runner) -> Turn:
        turn = Turn(runner)
        self._busy.add(turn)
        return turn

    def _free(self) -> Runner | None:
        """The worker that has most of the data at hand: one that is kept, or the one that was used last."""
        return self._slow.kept.take(self) or (self._idle.pop() if self._idle else None)

    def _bury(self) -> None:
        for runner in [runner for runner in self._idle if runner.gone]:
            self._idle.remove(runner)
            runner.dismiss()

    def _refusal(self, turn: Turn) -> str | None:
        """Why a worker that has come to its end is not used again; None where it is."""
        if turn.runner.uses >= MOST_USES:
            return "uses"
        if not turn.runner.replaced:
            return None
        return "reload" if self._leaving else self._slow.kept.refusal(turn.runner, turn.slow)

    def _retire(self, runner: Runner, reason: str) -> None:
        self._slow.retired[reason] += 1
        runner.dismiss()
