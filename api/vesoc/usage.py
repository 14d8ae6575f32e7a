"""What one request took of a worker."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Usage:
    """Moments and amounts of an `operation`, as far as they are known; None where no worker was asked, or it had ended.

    `begun` is the moment of the request to the worker (seconds of `time.time`), `waited` the seconds in line before it,
    `took` those until it was done or stopped, `processor` the seconds that it had of a processor, `memory` the bytes
    that it held beyond what it began with.
    """

    operation: str = ""
    begun: float | None = None
    waited: float | None = None
    took: float | None = None
    processor: float | None = None
    memory: int | None = None
    worker: int | None = None
    slow: bool = False
