"""The server as a process: uvicorn with structured logs on the standard error."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sys

import uvicorn

from vesoc.errors import VesocError
from vesoc.pool import Orders
from vesoc.settings import Settings
from vesoc.web import create_app

STOP_SECONDS = 5  # for requests under way when the server is told to stop
__all__ = ["Orders", "run"]


def run(settings: Settings, orders: Orders) -> None:
    """Serve until interrupted; VesocError where the address cannot be taken or the data cannot be loaded."""
    listener = _listen(settings)
    settings = settings.with_values(port=listener.getsockname()[1])
    _log()
    app = create_app(settings, orders)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = uvicorn.Server(config)
    print(f"vesoc: loading the data; the server will be at {settings.address}", file=sys.stderr, flush=True)
    with contextlib.suppress(SystemExit):
        asyncio.run(server.serve([listener]))
    if not server.started:
        raise app.state.failure or VesocError("the server could not start")


def _listen(settings: Settings) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        raise VesocError(
            f"{where} cannot be listened on ({error.strerror}); choose another by --port or VESOC_PORT"
        ) from None
    return listener


def _log() -> None:
    handler = logging.StreamHandler(sys.stderr)
    # Why the data cannot be loaded is told in one line at the end.
    handler.addFilter(lambda record: not record.getMessage().startswith("Traceback"))
    handler.setFormatter(logging.Formatter("%(message)s"))
    for name in ("vesoc", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if name == "vesoc" else logging.WARNING)
        logger.propagate = False
