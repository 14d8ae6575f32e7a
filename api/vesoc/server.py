"""The server as a process: uvicorn with structured logs on the standard error."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import socket
import sys
from typing import TYPE_CHECKING, Any

from vesoc import journal
from vesoc.errors import VesocError
from vesoc.hangups import Hangups
from vesoc.pool import Orders, Pool
from vesoc.settings import Settings

if TYPE_CHECKING:
    import uvicorn

_EXPOSED = (
    "Content-Location, Content-Profile, Dataset-Digest, ETag, Last-Modified, Link, Location, Repr-Digest, "
    "Retry-After, Server-Timing, Vary, X-Request-Id, X-Total-Count"
)
# Any page may read any answer (Fetch standard): there is nothing here that is somebody's own.
_EVERYWHERE = [
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", _EXPOSED),
    ("x-content-type-options", "nosniff"),
]
_GARBAGE = 20_000  # new objects between two looks for garbage
STOP_SECONDS = 5  # for requests under way when the server is told to stop
__all__ = ["Orders", "run"]


def run(settings: Settings, orders: Orders, hangups: Hangups) -> None:
    """Serve until interrupted; VesocError where the address cannot be taken or the data cannot be loaded."""
    listener = _listen(settings)
    settings = settings.with_values(port=listener.getsockname()[1])
    journal.begin()
    print(f"vesoc: loading the data; the server will be at {settings.address}", file=sys.stderr, flush=True)
    pool = Pool(settings, orders)
    # What follows takes long to import; the data is loaded meanwhile.
    import uvicorn

    from vesoc.web import create_app

    app = create_app(settings, pool, hangups)
    server = uvicorn.Server(_config(app, settings))
    # What stands now stays: looking through it for garbage again and again only costs time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    with contextlib.suppress(SystemExit), asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(server.serve([listener]))
    if not server.started:
        raise app.state.failure or VesocError("the server could not start")


def _config(app: Any, settings: Settings) -> uvicorn.Config:
    import uvicorn

    from vesoc import transport
    from vesoc.hits import Hits

    bounds = transport.bounded(
        settings.header_limit,
        settings.header_timeout,
        settings.connections,
        early=Hits(app.state.cache, "/sparql").response,
    )
    return uvicorn.Config(
        app,
        http=bounds,
        ws="none",
        log_config=None,
        access_log=False,
        lifespan="on",
        proxy_headers=False,
        server_header=False,
        headers=_EVERYWHERE,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def _listen(settings: Settings) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by each connection: else the second packet of an answer waits for the client's delayed acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise VesocError(
            f"{where} cannot be listened on ({error.strerror}); choose another by --port or VESOC_PORT"
        ) from None
    return listener
