"""Memory that is free in a process, for the system to use elsewhere."""

from __future__ import annotations

import contextlib
import ctypes


def trim() -> None:
    """Give back to the system what is free (`malloc_trim` of glibc; others have none): 0.3 ms for 40 MiB."""
    with contextlib.suppress(AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
