"""A client on a keep-alive connection that reads every reply to the letter."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from benchmarks.soak import replies
from benchmarks.soak.replies import Ended, Malformed, Reply

PATIENCE = 60.0
Outcome = Reply | str


class Client:
    """Asks queries, one after another; connects again where the server hung up."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, query: str, accept: str, coding: str = "identity") -> Outcome:
        """The reply, or a word for what came instead."""
        reply: Outcome
        try:
            async with asyncio.timeout(PATIENCE):
                reply = await self._asked(query, accept, coding)
        except Ended:
            reply = "no reply"
        except TimeoutError:
            reply = "silence"
        except Malformed as error:
            reply = f"malformed: {error}"
        except OSError as error:
            reply = f"no connection: {error.strerror}"
        if isinstance(reply, str) or reply.last or not reply.whole:
            self.close()
        return reply

    async def leave(self, query: str, accept: str, seconds: float, size: int) -> None:
        """Ask, take `size` bytes or wait `seconds`, and hang up."""
        try:
            async with asyncio.timeout(seconds):
                reader = await self._send(query, accept, "identity")
                await reader.readexactly(size)
        except (TimeoutError, OSError, asyncio.IncompleteReadError):
            pass
        self.close()

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].transport.abort()
        self._streams = None

    async def _asked(self, query: str, accept: str, coding: str) -> Reply:
        return await replies.read(await self._send(query, accept, coding))

    async def _send(self, query: str, accept: str, coding: str) -> asyncio.StreamReader:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20)
        reader, writer = self._streams
        fields = f"Host: 127.0.0.1\r\nAccept: {accept}\r\nAccept-Encoding: {coding}\r\n"
        writer.write(f"GET /sparql?query={quote(query)} HTTP/1.1\r\n{fields}\r\n".encode())
        await writer.drain()
        return reader
