"""Scales: round steps for numbers, years for days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

_MANY_YEARS = 16


@dataclass(frozen=True)
class Scale:
    """Leads from values between `low` and `high` to places between `start` and `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (value - self.low) / ((self.high - self.low) or 1) * (self.end - self.start)


def steps(high: float, most: int = 6) -> list[float]:
    """Round numbers from 0 until at least `high`, not many more than `most`."""
    if high <= 0:
        return [0, 1]
    rough = high / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * place for place in range(math.ceil(high / step) + 1)]


def years(first: date, last: date) -> list[date]:
    """The first of January of each year from that of `first` until after `last`; of every other where they are many."""
    every = 1 + (last.year - first.year) // _MANY_YEARS
    return [date(year, 1, 1) for year in range(first.year, last.year + 1 + every, every)]
