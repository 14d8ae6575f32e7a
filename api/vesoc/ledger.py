"""Where each request is written down when it is over: the log, the figures, and the spans where they are wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

import orjson

from vesoc import journal
from vesoc.fingerprint import Fingerprint
from vesoc.metrics.tally import Tally
from vesoc.records import HIT, MISS, UNCHANGED, Record
from vesoc.retention import Retention
from vesoc.settings import Settings

Entry = dict[str, Any]
NOTHING = "-"  # method and path of what was not understood
_MOST_PATH = 2048  # characters
_REMEMBERED = 1024


class Line(NamedTuple):
    """What the log tells of every request; `seconds` that it took, `whole` whether all of the answer was sent."""

    name: str
    client: str
    method: str
    path: str
    status: int
    size: int
    seconds: float
    whole: bool


class Ledger:
    """Lines as `settings` want them, and counts in `tally`; `traced` is told of each record that is closed."""

    def __init__(
        self, settings: Settings, tally: Tally | None = None, traced: Callable[[Record], None] | None = None
    ) -> None:
        self.tally = tally or Tally()
        self._retention = Retention(settings)
        self._slow = settings.slow_query
        self._traced = traced
        # Of hits the same is said again and again, but for what is each one's own.
        self._said = lru_cache(_REMEMBERED)(self._say)

    def close(self, record: Record) -> None:
        """A request is over."""
        seconds = time.perf_counter() - record.started
        self._count(record, seconds)
        journal.write(partial(self._entry, record, seconds))
        if self._slow and record.query and seconds >= self._slow:
            self.tally.slow_queries += 1
            journal.write(partial(self._slow_entry, record, seconds))
        if self._traced:
            self._traced(record)

    def hit(self, line: Line, asked: Fingerprint | None) -> None:
        """A request was answered from the cache before anything was made of it."""
        outcome = UNCHANGED if line.status == 304 else HIT
        tally = self.tally
        tally.request(line.path, line.method, line.status, line.size, line.seconds)
        tally.cache[outcome] += 1
        if asked:
            tally.queries[asked.kind, outcome] += 1
        journal.write(partial(self._hit_line, line, asked, outcome))

    def refused(self, line: Line) -> None:
        """A connection was told what is wrong with what it sent."""
        self.tally.request(NOTHING, NOTHING, line.status, line.size, line.seconds)
        journal.write(partial(self._began, line))

    def _count(self, record: Record, seconds: float) -> None:
        tally, waited = self.tally, record.usage.waited
        tally.request(record.route, record.method, record.status, record.size, seconds)
        if record.cache:
            tally.cache[record.cache] += 1
        if waited is not None:
            tally.waits.observe(waited)
        if record.query:
            tally.queries[record.query.kind, record.outcome] += 1
            if record.cache in (None, MISS):
                tally.query_durations[record.query.kind].observe(seconds)

    def _entry(self, record: Record, seconds: float) -> Entry:
        where = record.id, record.client, record.method, record.path
        entry = self._began(Line(*where, record.status, record.size, seconds, record.whole))
        if record.cache:
            entry["cache"] = record.cache
        usage = record.usage
        if usage.waited is not None:
            entry["waited"] = _milliseconds(usage.waited)
        if usage.processor is not None:
            entry["processor"] = _milliseconds(usage.processor)
        if usage.memory is not None:
            entry["memory"] = usage.memory
        if record.query:
            entry |= {"outcome": record.outcome, **self._retention.query(record.query)}
        if record.query and record.cache in (None, MISS):
            entry |= self._retention.text(record.text)
        return entry

    def _slow_entry(self, record: Record, seconds: float) -> Entry:
        return {"slow": record.path[:_MOST_PATH], **self._entry(record, seconds)}

    def _hit_line(self, line: Line, asked: Fingerprint | None, outcome: str) -> str:
        said = self._said(line[1:6], asked, outcome)
        return f'{{"id":"{line.name}","milliseconds":{line.seconds * 1000:.1f},{said}'  # a name has nothing to escape

    def _say(self, told: tuple[str, str, str, int, int], asked: Fingerprint | None, outcome: str) -> str:
        """The rest of the line of a hit, from client to size."""
        entry = self._began(Line("", *told, seconds=0.0, whole=True)) | {"cache": outcome}
        del entry["id"], entry["milliseconds"]
        if asked:
            entry |= self._retention.query(asked)
        return orjson.dumps(entry).decode()[1:]

    def _began(self, line: Line) -> Entry:
        """What every line has; 0 as status is a request that nobody answered."""
        name, client, method, path, status, size, seconds, whole = line
        return {
            "id": name,
            **self._retention.client(client),
            "method": method,
            "path": path[:_MOST_PATH],
            "status": status,
            "bytes": size,
            "milliseconds": _milliseconds(seconds),
            "whole": whole,
        }


def _milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
