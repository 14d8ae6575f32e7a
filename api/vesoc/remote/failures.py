"""What may go wrong with an engine elsewhere, as those who asked are told it: nothing of its address, or of ours."""

from __future__ import annotations

from math import ceil

from vesoc.complaints import shortened
from vesoc.errors import Problem

_KIND = "engine"
_SOON = 2  # seconds until somebody may ask again


def gone() -> Problem:
    """Nobody answers there."""
    return _problem(503, "the engine behind this server cannot be reached; try again in a moment")


def late(seconds: float) -> Problem:
    """It is silent for too long."""
    return _problem(504, f"the engine behind this server said nothing for {seconds:g} seconds")


def busy(status: int, wait: float = 0.0) -> Problem:
    """It answers, but not now; it may have said for how many seconds.

    They stand in the header alone: the same trouble is told in the same words, however they count down.
    """
    told = f"the engine behind this server is not able to answer now ({status}); try again in a moment"
    return _problem(503, told, wait)


def refused(status: int) -> Problem:
    """It does not let us in."""
    return _problem(502, f"the engine behind this server does not let it ask ({status})")


def misunderstood(message: str) -> Problem:
    """It does not take a query that is SPARQL 1.1."""
    return Problem(400, f"the engine behind this server does not take this query: {shortened(message)}", kind=_KIND)


def failed(status: int) -> Problem:
    """It fails on the query."""
    return _problem(502, f"the engine behind this server failed on this request ({status})")


def strange(found: str) -> Problem:
    """It answers with something else than what was asked for."""
    return _problem(502, f"the engine behind this server gave another answer than was asked for: {shortened(found)}")


def cut() -> Problem:
    """Its answer ends before its end."""
    return _problem(502, "the answer of the engine behind this server is not whole")


def unreadable() -> Problem:
    """Its answer is not what its media type says, or ends before its end."""
    return _problem(502, "the answer of the engine behind this server is not whole, or not in the form that it says")


def changing(reason: str) -> Problem:
    """Its data is not what this server has told of so far."""
    return _problem(503, f"{reason}; try again in a moment")


def _problem(status: int, detail: str, wait: float = 0.0) -> Problem:
    headers = {"Retry-After": str(max(_SOON, ceil(wait)))} if status == 503 else {}
    return Problem(status, detail, kind=_KIND, headers=headers)
