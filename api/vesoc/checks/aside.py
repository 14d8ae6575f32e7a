"""Work done in a process beside this one, which has what this one has."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

T = TypeVar("T")


def aside(work: Callable[[], T]) -> Callable[[], T]:
    """Begin some work in a fork; gives the function that waits for what it gives, or raises what it raises.

    The fork ends with this process. What is given must be picklable. Where a system has no forks, the work is done when
    it is waited for.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        return work
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_tell, args=(work, there), daemon=True)
    process.start()
    there.close()

    def wait() -> T:
        try:
            given, error = here.recv()
        except EOFError:
            raise RuntimeError("a process of the check ended before it was done") from None
        finally:
            process.join()
        if error:
            raise error
        return given  # type: ignore[no-any-return]

    return wait


def _tell(work: Callable[[], Any], there: Connection) -> None:
    try:
        there.send((work(), None))
    except Exception as error:
        there.send((None, error))
