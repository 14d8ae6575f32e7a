"""What has happened since the start, as plain numbers: to look up a label would cost more than all of a count does."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
METHODS = ("GET", "HEAD", "OPTIONS", "POST")
OTHER = "other"


class Histogram:
    """Durations in seconds, counted by the smallest of `BOUNDS` that each does not pass."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BOUNDS) + 1)
        self.sum = 0.0

    def observe(self, seconds: float) -> None:
        """Count one."""
        self._counts[bisect_left(BOUNDS, seconds)] += 1
        self.sum += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Upper bound and number of those up to it, as Prometheus has them; the last bound is infinite."""
        return list(zip([*map(str, BOUNDS), "+Inf"], accumulate(self._counts), strict=True))


class Tally:
    """Requests, queries and what the cache did for them.

    Keys are words of ours alone (templates of routes, kinds, outcomes): nothing that a client can make up.
    """

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()  # route, method, status
        self.durations: defaultdict[str, Histogram] = defaultdict(Histogram)  # by route
        self.bytes = 0
        self.queries: Counter[tuple[str, str]] = Counter()  # kind, outcome
        self.query_durations: defaultdict[str, Histogram] = defaultdict(Histogram)  # by kind
        self.slow_queries = 0
        self.waits = Histogram()
        self.cache: Counter[str] = Counter()

    def request(self, route: str, method: str, status: int, size: int, seconds: float) -> None:
        """Count a request that is over."""
        self.requests[route, method if method in METHODS else OTHER, status] += 1
        self.durations[route].observe(seconds)
        self.bytes += size
