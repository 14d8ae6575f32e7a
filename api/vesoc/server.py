"""The server as a process: uvicorn with structured logs on the standard error."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
from typing import TYPE_CHECKING

from vesoc import journal, logfile, memory
from vesoc.door import Door
from vesoc.errors import VesocError
from vesoc.hangups import Hangups
from vesoc.pool import Orders, Pool
from vesoc.settings import Settings
from vesoc.spare import Start, started

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from vesoc.front import Front
    from vesoc.prompt import Ways

_EXPOSED = (
    "Content-Location, Content-Profile, Dataset-Digest, ETag, Last-Modified, Link, Location, RateLimit, "
    "RateLimit-Policy, Repr-Digest, Retry-After, Server-Timing, Vary, X-Request-Id, X-Total-Count"
)
# Any page may read any answer (Fetch standard): there is nothing here that is somebody's own.
_EVERYWHERE = [
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", _EXPOSED),
    ("x-content-type-options", "nosniff"),
]
_ONLY_ENCRYPTED = ("strict-transport-security", "max-age=31536000")  # for a year, and this host alone (RFC 6797)
# New objects between two looks for garbage among them; of ten looks one goes farther, and of a thousand one through all
# but what is frozen. That takes tens of milliseconds when the cache is full, and everybody waits.
_GARBAGE = 2_000, 10, 1_000
__all__ = ["Orders", "run"]


def run(settings: Settings, orders: Orders, hangups: Hangups, engine: Start) -> None:
    """Serve until interrupted; VesocError where the address cannot be taken or the data cannot be loaded."""
    listener, settings = listen(settings)
    serve(settings, orders, hangups, listener, engine)


def listen(settings: Settings) -> tuple[socket.socket, Settings]:
    """The address taken and told, and the settings with its port; VesocError where it cannot be taken.

    Where several processes are to serve, it is only kept for those that share it, which each listen for themselves.
    """
    listener = _bound(settings)  # not where another server is, be it one that would share
    settings = settings.with_values(port=listener.getsockname()[1])
    if settings.processes > 1:
        listener.close()
        listener = shared(settings)
    print(f"vesoc: loading the data; the server will be at {settings.address}", file=sys.stderr, flush=True)
    return listener, settings


def shared(settings: Settings) -> socket.socket:
    """A socket at an address that others of this user may have as well; the kernel deals connections out."""
    return _bound(settings, socket.SO_REUSEPORT)


def serve(
    settings: Settings, orders: Orders, hangups: Hangups, listener: socket.socket, engine: Start = started
) -> None:
    """Serve at a socket until interrupted; VesocError where the data cannot be loaded."""
    gc.set_threshold(*_GARBAGE)
    file = logfile.opened(settings)
    journal.begin(file.take if file else None)
    pool = Pool(settings, orders, engine)
    # What follows takes long to import; the data is loaded meanwhile.
    from vesoc.front import Front
    from vesoc.stopping import Drained

    front = Front(settings, pool, hangups, _rest)
    server = Drained(_config(front, settings), settings.stop_delay, lambda: setattr(front.state, "stopping", True))
    gc.freeze()
    with contextlib.suppress(SystemExit), asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(server.serve([listener]))
    if not server.started:
        raise front.state.failure or VesocError("the server could not start")


def _rest(front: Front) -> ASGIApp:
    """What answers all but queries, which takes long to import."""
    from vesoc.web import create_app

    app = create_app(front)
    memory.trim()
    gc.freeze()
    return app


def _traced(front: Front) -> ASGIApp:
    """The application, with a span of each request where there are to be some."""
    if front.state.spans is None:
        return front
    from vesoc.web import Traced

    return Traced(front, front.state.spans)


def _config(front: Front, settings: Settings) -> uvicorn.Config:
    import uvicorn

    from vesoc import transport

    state = front.state
    bounds = transport.bounded(
        settings.header_limit,
        settings.header_timeout,
        settings.connections,
        ways=None if state.spans else _ways(front),  # for spans begin and end with the application
        ledger=state.ledger,
        crowd=state.crowd,
    )
    return uvicorn.Config(
        _traced(front),
        http=bounds,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        headers=_everywhere(settings, state.door),
        timeout_graceful_shutdown=settings.stop_timeout,
    )


def _ways(front: Front) -> Ways:
    """How queries are answered without a task of their own."""
    from vesoc.hits import Hits
    from vesoc.prompt import Ways
    from vesoc.straight import Straight

    state = front.state
    hits = Hits(state.cache, "/sparql", state.door, state.ledger)
    return Ways(hits, Straight(front, state.passage, "/sparql").takes)


def _everywhere(settings: Settings, door: Door) -> list[tuple[str, str]]:
    """The fields of every answer."""
    shown_in = "same-origin" if door.closed else "cross-origin"
    encrypted = [_ONLY_ENCRYPTED] if settings.address.startswith("https:") else []
    return [*_EVERYWHERE, ("cross-origin-resource-policy", shown_in), *encrypted, *door.fields]


def _bound(settings: Settings, *options: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    for option in (socket.SO_REUSEADDR, *options):
        listener.setsockopt(socket.SOL_SOCKET, option, 1)
    # Inherited by each connection: else the second packet of an answer waits for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        others = "choose another by --host and --port, or VESOC_HOST and VESOC_PORT"
        raise VesocError(f"{where} cannot be listened on ({error.strerror}); {others}") from None
    return listener
