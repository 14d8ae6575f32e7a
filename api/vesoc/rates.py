"""What one client may ask in a while, counted in this process; told by Retry-After and the RateLimit fields.

The fields are those of the IETF draft "RateLimit header fields for HTTP" (draft-ietf-httpapi-ratelimit-headers).
"""

from __future__ import annotations

import math
import time

from cachetools import LRUCache
from limits import parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from vesoc.clients import block

WHOLE = 10  # what a request costs
CHEAP = 1  # what one costs that is answered from what is kept
_CLIENTS = 65_536  # of which the counts are kept, some 300 bytes for each; those who asked longest ago go first


class Rate:
    """A limit such as `600/minute` for each client, of whom at most `clients` are remembered."""

    def __init__(self, text: str, clients: int = _CLIENTS) -> None:
        told = parse(text)
        self.policy = f'"client";q={told.amount};w={told.get_expiry()}'
        self._item = type(told)(told.amount * WHOLE, told.multiples)
        self._limiter = FixedWindowRateLimiter(_Counts(clients))

    def takes(self, address: str, *, cheap: bool = False) -> bool:
        """Whether a request is within the limit; it is counted all the same."""
        return self._limiter.hit(self._item, block(address), cost=CHEAP if cheap else WHOLE)

    def give_back(self, address: str) -> None:
        """A request that was counted as a whole one was a cheap one."""
        self._limiter.hit(self._item, block(address), cost=CHEAP - WHOLE)

    def fields(self, address: str) -> dict[str, str]:
        """What a client is told that has asked too much: when it may go on."""
        told = self._limiter.get_window_stats(self._item, block(address))
        seconds = max(1, math.ceil(told.reset_time - time.time()))
        rate = f'"client";r={max(0, told.remaining // WHOLE)};t={seconds}'
        return {"Retry-After": str(seconds), "RateLimit": rate}


class _Counts(Storage):
    """Counts in memory that is bounded, whatever number of clients there are."""

    STORAGE_SCHEME = None

    def __init__(self, clients: int) -> None:
        super().__init__()
        self._windows: LRUCache[str, tuple[int, float]] = LRUCache(clients)

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = time.time()
        count, end = self._windows.get(key, (0, 0.0))
        if end <= now:
            count, end = 0, now + expiry
        count = max(0, count + amount)
        self._windows[key] = count, end
        return count

    def get(self, key: str) -> int:
        count, end = self._windows.get(key, (0, 0.0))
        return count if end > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self._windows.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        kept = len(self._windows)
        self._windows.clear()
        return kept

    def clear(self, key: str) -> None:
        self._windows.pop(key, None)
