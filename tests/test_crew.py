"""Which workers an engine replaces, without forking any: those that lack what was made since, once and not in vain."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vesoc import crew, wire
from vesoc.crew import Crew

READY = 3


class Counted(Crew):
    """A crew whose workers are numbers; `told` are those that were told to leave."""

    def __init__(self, told: list[int]) -> None:
        super().__init__(None, READY)  # type: ignore[arg-type]
        self.told = told
        self.numbers = iter(range(1, 100))
        self.full = False

    def _forked(self) -> int:
        if self.full:
            raise OSError
        return next(self.numbers)

    @property
    def ready(self) -> set[int]:
        return self._quick

    def step(self) -> None:
        """What is done when nobody has wanted anything for a while."""
        assert self._refill()
        self._use_leisure()
        assert self._refill()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """What is killed, with nothing of this process changed."""
    found: list[int] = []
    monkeypatch.setattr(crew.os, "kill", lambda process, number: found.append(process))
    monkeypatch.setattr(signal, "set_wakeup_fd", lambda *_, **__: -1)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with open(os.devnull, encoding="utf-8") as orders:
        monkeypatch.setattr(sys, "stdin", orders)
        yield found


@pytest.fixture
def begun(told: list[int], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Counted]:
    """Makes a crew that runs until it would wait for the first time."""

    def make(*chores: Callable[[], None], index: Callable[[], None] | None = None) -> Counted:
        found = Counted(told)
        if index:
            found.after(0, index)

        def waits(*_: Any) -> None:
            raise InterruptedError

        monkeypatch.setattr(crew.select, "select", waits)
        found.add(*chores)
        with pytest.raises(InterruptedError):
            found.run()
        return found

    return make


def test_workers_are_replaced_after_the_last_chore(begun: Callable[..., Counted], told: list[int]) -> None:
    done: list[str] = []
    found = begun(lambda: done.append("one"), lambda: done.append("two"))
    found.step()
    assert (done, told) == (["one"], [])
    for _ in range(READY + 1):
        assert len(found.ready) == READY
        found.step()
    assert done == ["one", "two"]
    assert (sorted(told), found.ready) == ([1, 2, 3], {4, 5, 6})
    for _ in range(5):
        found.step()
    assert len(told) == READY


def test_workers_wait_for_the_index(begun: Callable[..., Counted], told: list[int]) -> None:
    found = begun(lambda: None, index=lambda: None)
    for _ in range(5):
        found.step()
    assert told == []
    found._chores.append(found._after.pop(0))  # as when its process has ended
    for _ in range(READY + 1):
        found.step()
    assert sorted(told) == [1, 2, 3]


def test_workers_that_have_all_are_not_replaced(begun: Callable[..., Counted], told: list[int], tmp_path: Path) -> None:
    found = begun()
    found.later(lambda: 0, tmp_path)
    found.step()
    found._chores.append(found._publishing.pop(0))
    for _ in range(5):
        found.step()
    assert (told, found.ready) == ([], {1, 2, 3})


def test_what_pages_need_is_made_when_it_is_ordered_and_once(
    begun: Callable[..., Counted], told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def work() -> None:
        done.append("now")
        found.add(lambda: done.append("at leisure"))

    found = begun()
    found.when_ordered(work)
    found.step()
    assert (done, told) == ([], [])
    monkeypatch.setattr(crew.os, "read", lambda *_: b"%b\n2\n%b\n" % (wire.PAGES, wire.PAGES))
    assert found._obey()
    assert found._refill()
    assert (done, sorted(told), found.ready) == (["now"], [1, 3], {4, 5, 6})
    assert found._obey()
    for _ in range(READY + 3):
        found.step()
    assert done == ["now", "at leisure"]
    assert (sorted(told), found.ready) == ([1, 3, 4, 5, 6], {7, 8, 9})


def test_worker_that_turned_slow_meanwhile_is_left_alone(begun: Callable[..., Counted], told: list[int]) -> None:
    found = begun(lambda: None)
    found.step()
    found.ready.discard(2)
    for _ in range(READY + 1):
        found.step()
    assert sorted(told) == [1, 3]


def test_workers_stay_where_no_other_can_be_forked(begun: Callable[..., Counted], told: list[int]) -> None:
    found = begun(lambda: None)
    found.step()
    found.full = True
    for _ in range(5):
        found.step()
    assert (told, found.ready) == ([], {1, 2, 3})


def test_worker_that_dies_after_an_order_does_not_shorten_the_wait(
    told: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Counted(told)
    found.add(*[lambda: None] * 3)
    waits: list[float | None] = []
    events = iter([[], [found._orders], [found._deaths], []])

    def select(*given: Any) -> Any:
        waits.append(given[-1])
        return next(events), [], []

    monkeypatch.setattr(crew.select, "select", select)
    monkeypatch.setattr(found, "_obey", lambda: True)
    monkeypatch.setattr(found, "_bury", lambda: None)
    monkeypatch.setattr(crew.os, "read", lambda *_: b"")
    with pytest.raises(StopIteration):
        found.run()
    assert waits == [0.5, 0.05, 0.5, 0.5, 0.05]
