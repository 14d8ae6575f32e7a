"""What the endpoint has to reach beside its peers, and how far it came."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from benchmarks import figures

Found = dict[str, dict[str, figures.Figures]]

LOOK_UPS = ("q01", "q04", "q09", "q11")
SCANS = ("q02", "q03", "q05", "q06", "q07", "q10")


@dataclass(frozen=True)
class Goal:
    """`measured` gives nothing for what was not measured."""

    text: str
    measured: Callable[[Found], float | None]
    bound: float
    least: bool = False

    def met(self, found: Found) -> bool | None:
        """None for what was not measured."""
        value = self.measured(found)
        if value is None:
            return None
        return value >= self.bound if self.least else value <= self.bound


def at(section: str, size: str, *keys: str) -> Callable[[Found], float | None]:
    """The figure in that place."""

    def measured(found: Found) -> float | None:
        value: Any = found.get(section, {}).get(size, {}).get("figures")
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        return None if value is None else float(value)

    return measured


def cold(found: Found, size: str) -> dict[str, dict[str, float]]:
    """Milliseconds of each query on each server."""
    return dict(found.get("cold", {}).get(size, {}).get("figures", {}).get("p50", {}))


def exponents(found: Found) -> dict[str, dict[str, float]]:
    """By server and query: 0 when a query takes as long on fifty times the data, 1 when fifty times as long."""
    small, large = cold(found, "20k"), cold(found, "1m")
    shared = [(query, small[query], large[query]) for query in large if query in small]
    names = {name for _, first, _ in shared for name in first}
    return {
        name: {
            query: math.log(second[name] / first[name]) / math.log(50)
            for query, first, second in shared
            if name in first and name in second
        }
        for name in sorted(names)
    }


def _unequal(found: Found) -> float | None:
    runs = [run["figures"]["unequal"] for run in found.get("equality", {}).values()]
    return sum(text.startswith("vesoc") for texts in runs for text in texts) if runs else None


def _beside_disk(found: Found) -> float | None:
    ratios = [times["vesoc"] / times["oxdisk"] for times in cold(found, "20k").values() if "oxdisk" in times]
    return figures.geometric(ratios) if ratios else None


def _long_queries(found: Found) -> float | None:
    return _worst(times["vesoc"] / times["ox"] for times in cold(found, "1m").values() if times["ox"] > 30)


def _growth(*queries: str) -> Callable[[Found], float | None]:
    def measured(found: Found) -> float | None:
        ours = exponents(found).get("vesoc", {})
        return _worst(value for name, value in ours.items() if name.split("-")[0] in queries)

    return measured


def _worst(values: Iterable[float]) -> float | None:
    return max(values, default=None)


def _badly_ended(found: Found) -> float | None:
    run = found.get("runaways", {}).get("20k")
    return sum(not end["good"] for end in run["figures"]["vesoc"].values()) if run else None


def _memory(size: str) -> Callable[[Found], float | None]:
    ours, raw = (at("start", size, "servers", name, "memory") for name in ("vesoc", "raw"))

    def measured(found: Found) -> float | None:
        both = ours(found), raw(found)
        return None if both[0] is None or both[1] is None else both[0] - 1.3 * both[1]

    return measured


GOALS = (
    Goal("answers that are not equal to ox's", _unequal, 0),
    Goal("cold p50, 20 thousand, geometric mean over ox", at("cold", "20k", "ratio", "vesoc", "geometric mean"), 2.0),
    Goal("the same over ox on disk", _beside_disk, 1.0),
    Goal("cold p50, 1 million, worst query over 30 ms, over ox", _long_queries, 1.25),
    Goal("cold mix, 8 clients, rate over ox", at("throughput", "20k", "all but the dump", "rate", "ox"), 0.8, True),
    Goal("the same over rdflib-endpoint", at("throughput", "20k", "all but the dump", "rate", "rdflib"), 50, True),
    Goal("cold mix, 8 clients, p99 over ox", at("throughput", "20k", "all but the dump", "p99", "ox"), 1.0),
    Goal("repeated mix, rate over ox", at("repeated", "20k", "mix", "ratio"), 10, True),
    Goal("repeated ASK, rate over ox", at("repeated", "20k", "ask", "ratio"), 1.1, True),
    Goal("repeated aggregates, rate over ox", at("repeated", "20k", "aggregates", "ratio"), 25, True),
    Goal("304s, rate over ox's aggregates", at("repeated", "20k", "304s", "ratio"), 35, True),
    Goal("ASKs that miss, without the cache over with it", at("miss", "20k", "ask", "ratio"), 1.05),
    Goal("runaways that end late or badly", _badly_ended, 0),
    Goal("cheap query under attack, p99 over ox", at("attack", "20k", "ratio", "p99"), 0.1),
    Goal("its errors", at("attack", "20k", "servers", "vesoc", "errors"), 0),
    Goal("processors still busy after the attack", at("attack", "20k", "servers", "vesoc", "burning"), 0.1),
    Goal("errors in a minute of ASKs", at("asks", "20k", "vesoc", "errors"), 0),
    Goal("dump by CONSTRUCT, 1 million, rate over ox", at("dump", "1m", "construct ratio"), 0.9, True),
    Goal("ready dump, 1 million, rate over ox's CONSTRUCT", at("dump", "1m", "ready ratio"), 10, True),
    Goal("growth of the web process meanwhile, MiB of RSS", at("dump", "1m", "vesoc", "web rss"), 32),
    Goal("start, 20 thousand, over rdflib-endpoint", at("start", "20k", "seconds ratio", "rdflib"), 1 / 3),
    Goal("start, 1 million, over ox", at("start", "1m", "seconds ratio", "ox"), 2.0),
    Goal("memory over 1.3 times pyoxigraph's, 20 thousand, MiB", _memory("20k"), 60),
    Goal("memory over 1.3 times pyoxigraph's, 1 million, MiB", _memory("1m"), 60),
    Goal("growth exponent, look-ups, lineage, DESCRIBE, OPTIONALs", _growth(*LOOK_UPS), 0.1),
    Goal("growth exponent, ASK", _growth("q12"), 0.25),
    Goal("growth exponent, scans", _growth(*SCANS), 1.15),
)
