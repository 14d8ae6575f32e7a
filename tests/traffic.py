"""A client that asks a server much while its data changes: connections that stay open, and what their answers say."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field

BY = {"by tag": ("if_none_match", "tag"), "by date": ("if_modified_since", "moment")}


@dataclass
class Reply:
    """What came back, whole."""

    status: int
    fields: dict[str, str]
    body: bytes


class Connection:
    """A connection that stays open, with one request after the other (HTTP/1.1)."""

    def __init__(self, host: str, port: int) -> None:
        self._address = host, port

    async def __aenter__(self) -> Connection:
        self._reader, self._writer = await asyncio.open_connection(*self._address, limit=1 << 22)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def get(self, path: str, **fields: str) -> Reply:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
        self._writer.write(f"GET {path} HTTP/1.1\r\nhost: localhost\r\n{lines}\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        return Reply(int(head[0].split()[1]), told, await self._body(told, int(head[0].split()[1])))

    async def _body(self, fields: dict[str, str], status: int) -> bytes:
        if status == 304:
            return b""
        if "content-length" in fields:
            return await self._reader.readexactly(int(fields["content-length"]))
        body = b""
        while size := int(await self._reader.readline(), 16):
            body += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readline()
        return body


@dataclass(frozen=True)
class Asked:
    """One request out of many."""

    number: int
    kind: str
    path: str
    fields: dict[str, str]


@dataclass
class Evidence:
    """What answers said: the value that goes with each digest, the body of each tag, and how long each took."""

    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    copies: dict[str, dict[str, dict[str, str]]] = field(default_factory=lambda: defaultdict(dict))
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    hits: int = 0
    unchanged: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    slow: int = 0
    loading: bool = False
    newest: int = 1  # the version that is served for certain

    def copy(self, asked: Asked) -> tuple[str | None, dict[str, str]]:
        """The digest of a copy that the client has, and the field that asks by tag or by date whether it is good."""
        known = self.copies[asked.path]
        if asked.kind not in BY or not known:
            return None, {}
        digest = list(known)[asked.number % len(known)]
        name, value = BY[asked.kind]
        return digest, {name: known[digest][value]}

    def take(self, asked: Asked, reply: Reply, seconds: float, least: int, held: str | None) -> None:
        """`least` is the version that was served for certain when the request began, `held` the digest of the copy."""
        path, kind = asked.path, asked.kind
        self.seconds["during" if self.loading else "outside"].append(seconds)
        if reply.status not in (200, 304):
            return self.failed.append(f"{path}: {reply.status} {reply.body[:200]!r}")
        digest, tag = reply.fields["dataset-digest"], reply.fields["etag"]
        self.hits += "desc=hit" in reply.fields.get("server-timing", "")
        if reply.status == 304:
            self.unchanged[kind] += 1
            # Whoever is told that nothing has changed has an answer of the same data.
            if held != digest:
                self.failed.append(f"{path}: 304 for a copy of other data, asked {kind}")
            return None
        self.slow += kind == "slow"
        found = set(re.findall(rb"version \d+", reply.body))
        if len(found) != 1:
            return self.failed.append(f"{path}: {len(found)} values")
        value = found.pop().decode()
        if int(value.split()[1]) < least:
            return self.failed.append(f"{path}: {value} after version {least}")
        self.values[digest].add(value)
        self.bodies[path, tag].add(hashlib.sha256(reply.body).hexdigest())
        self.copies[path][digest] = {"tag": tag, "moment": reply.fields.get("last-modified", "")}
        return None

    def mixed(self) -> list[str]:
        """Digests that came with two values, values that came with two digests, and tags of two bodies."""
        digests = defaultdict(set)
        for digest, values in self.values.items():
            for value in values:
                digests[value].add(digest)
        several = [*self.values.items(), *digests.items(), *self.bodies.items()]
        return [f"{name}: {len(found)}" for name, found in several if len(found) != 1]
