"""A keep-alive HTTP connection on a bare socket: the clock sees the server and hardly the client."""

from __future__ import annotations

import math
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter


class Cut(Exception):
    """The connection ended before the answer did."""


@dataclass
class Answer:
    """Seconds run from the first byte sent; of a body that is not kept only the last piece is there."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    size: int = 0
    whole: bool = True
    first_byte: float = 0.0
    seconds: float = 0.0


@dataclass
class Connection:
    """Opens by itself, and again after the server closed; at `end` it gives up on an answer that goes on."""

    port: int
    timeout: float = 120.0
    end: float = math.inf
    _socket: socket.socket | None = field(default=None, repr=False)
    _waiting: bytes = b""

    def get(self, target: str, accept: str = "*/*", *, keep: bool = True, **headers: str) -> Answer:
        """Ask once; `keep=False` counts the body and throws it away. Headers: If_None_Match for If-None-Match."""
        started = perf_counter()
        self.send("GET", target, {"Accept": accept, **headers})
        return self._answer(started, keep)

    def post(self, path: str, query: str, accept: str) -> Answer:
        """Ask with the query in the body, where no limit on addresses holds; the body is not kept."""
        started = perf_counter()
        self.send("POST", path, {"Accept": accept, "Content-Type": "application/sparql-query"}, query.encode())
        return self._answer(started, keep=False)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> None:
        """Wait for nothing."""
        named = {"Host": f"127.0.0.1:{self.port}", **headers, **({"Content-Length": str(len(body))} if body else {})}
        lines = [f"{method} {target} HTTP/1.1", *(f"{name.replace('_', '-')}: {named[name]}" for name in named)]
        self._open().sendall("\r\n".join([*lines, "", ""]).encode() + body)

    def answered(self) -> bool:
        """Whether something came, be it the end, before the timeout."""
        try:
            self._open().recv(1 << 16)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Hang up; what was not read is lost."""
        if self._socket:
            self._socket.close()
        self._socket, self._waiting = None, b""

    def _open(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), self.timeout)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket

    def _answer(self, started: float, keep: bool) -> Answer:
        try:
            answer = self._head(started)
            self._read(answer, keep)
        except (Cut, OSError):
            self.close()
            raise
        answer.seconds = perf_counter() - started
        if not answer.whole or answer.headers.get("connection", "").lower() == "close":
            self.close()
        return answer

    def _head(self, started: float) -> Answer:
        if not self._waiting:
            self._more()
        first_byte = perf_counter() - started
        lines = self._until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        return Answer(int(lines[0].split()[1]), headers, first_byte=first_byte)

    def _read(self, answer: Answer, keep: bool) -> None:
        """An answer that breaks off is one to report, not an error of the client."""
        pieces: list[bytes] = []
        try:
            for piece in self._pieces(answer):
                answer.size += len(piece)
                if not keep:
                    pieces.clear()
                pieces.append(piece)
        except (Cut, ConnectionError):
            answer.whole = False
        answer.body = b"".join(pieces)

    def _pieces(self, answer: Answer) -> Iterator[bytes]:
        if answer.status in {204, 304}:
            return
        if answer.headers.get("transfer-encoding", "").lower() == "chunked":
            yield from self._chunks()
        elif "content-length" in answer.headers:
            yield from self._exactly(int(answer.headers["content-length"]))
        else:
            yield from self._rest()

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self._until(b"\r\n").partition(b";")[0], 16):
            yield from self._exactly(size)
            self._until(b"\r\n")
        self._until(b"\r\n")

    def _exactly(self, size: int) -> Iterator[bytes]:
        while size:
            if not self._waiting:
                self._more()
            piece, self._waiting = self._waiting[:size], self._waiting[size:]
            size -= len(piece)
            yield piece

    def _rest(self) -> Iterator[bytes]:
        try:
            while True:
                yield from self._exactly(len(self._waiting) or 1)
        except Cut:
            self.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._waiting:
            self._more()
        found, _, self._waiting = self._waiting.partition(mark)
        return found

    def _more(self) -> None:
        if perf_counter() > self.end:
            raise TimeoutError
        received = self._socket.recv(1 << 16) if self._socket else b""
        if not received:
            raise Cut
        self._waiting += received
